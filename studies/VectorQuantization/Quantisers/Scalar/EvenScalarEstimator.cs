using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Distances straight from the levels: where they begin is taken off the query once, the step goes in as they are summed.</summary>
internal sealed class EvenScalarEstimator(EvenScalarQuantiser quantiser, Metric metric, float[] origin, float[] step)
    : DistanceEstimator
{
    private readonly float[] shifted = new float[quantiser.Dimension];
    private float fromOrigin;

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query)
    {
        query.CopyTo(shifted);
        if (metric == Metric.L2)
        {
            Kernels.Subtract(shifted, origin);
            return;
        }
        fromOrigin = Kernels.Dot(query, origin);
        for (var i = 0; i < shifted.Length; i++)
            shifted[i] *= step[i];
    }

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        var size = quantiser.CodeBytes;
        for (var i = 0; i < distances.Length; i++)
        {
            // What follows the code lets the kernel read whole words up to its end.
            var code = codes[(i * size)..];
            distances[i] =
                metric == Metric.L2
                    ? PackedKernels.SquaredDistance(code, quantiser.Bits, shifted.Length, shifted, step)
                    : -(fromOrigin + PackedKernels.Dot(code, quantiser.Bits, shifted.Length, shifted));
        }
    }
}
