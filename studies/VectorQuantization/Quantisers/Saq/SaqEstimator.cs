using System.Buffers.Binary;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Saq;

/// <summary>Unbiased estimates from the levels, segment by segment.</summary>
internal sealed class SaqEstimator(SaqQuantiser quantiser, Metric metric) : DistanceEstimator
{
    private readonly Segment[] segments = [.. quantiser.Segments.Where(segment => segment.Bits > 0)];
    private readonly float[] turned = new float[quantiser.Dimension];
    private readonly float[] totals = new float[quantiser.Segments.Count];
    private float squared;
    private float onMean;

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query)
    {
        onMean = quantiser.TurnQuery(query, metric == Metric.L2, turned);
        squared = Kernels.Dot(turned, turned);
        for (var i = 0; i < segments.Length; i++)
        {
            totals[i] = 0;
            foreach (var x in turned.AsSpan(segments[i].First, segments[i].Count))
                totals[i] += x;
            // Levels count from 0; the point's coordinates are half of the top level less.
            totals[i] *= ((1 << segments[i].Bits) - 1) / 2f;
        }
    }

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        var size = quantiser.CodeBytes;
        for (var i = 0; i < distances.Length; i++)
        {
            var code = codes.Slice(i * size, size);
            var inner = Inner(codes[(i * size)..]);
            distances[i] =
                metric == Metric.L2
                    ? BinaryPrimitives.ReadSingleLittleEndian(code) + squared - (2 * inner)
                    : -(onMean + inner);
        }
    }

    // The code at the beginning; what follows it lets the kernel read whole words up to its end.
    private float Inner(ReadOnlySpan<byte> code)
    {
        var sum = 0f;
        var at = quantiser.SideBytes;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            var query = turned.AsSpan(segment.First, segment.Count);
            var along = PackedKernels.Dot(code[at..], segment.Bits, segment.Count, query) - totals[i];
            sum += BinaryPrimitives.ReadSingleLittleEndian(code[(sizeof(float) * (i + 1))..]) * along;
            at += segment.CodeBytes;
        }
        return sum;
    }
}
