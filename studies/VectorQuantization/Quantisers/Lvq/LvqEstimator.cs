using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Lvq;

/// <summary>Distances straight from the levels.</summary>
internal sealed class LvqEstimator(LvqQuantiser quantiser, Metric metric) : DistanceEstimator
{
    private readonly float[] shifted = new float[quantiser.Dimension];
    private float onMean;
    private float total;

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query)
    {
        query.CopyTo(shifted);
        if (metric == Metric.L2)
            Kernels.Subtract(shifted, quantiser.Mean);
        onMean = Kernels.Dot(query, quantiser.Mean);
        total = 0;
        foreach (var x in shifted)
            total += x;
    }

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        var size = quantiser.CodeBytes;
        for (var i = 0; i < distances.Length; i++)
        {
            var code = codes.Slice(i * size, size);
            var (low, step) = LvqQuantiser.Factors(code);
            distances[i] =
                metric == Metric.L2
                    ? PackedKernels.SquaredDistance(code, quantiser.Bits, shifted.Length, shifted, low, step)
                    : -(
                        onMean
                        + (low * total)
                        + (step * PackedKernels.Dot(code, quantiser.Bits, shifted.Length, shifted))
                    );
        }
    }
}
