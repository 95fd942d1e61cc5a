using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers;

/// <summary>Decodes each code and takes the exact distance to what comes out.</summary>
public sealed class DecodingEstimator(Quantiser quantiser, Metric metric) : DistanceEstimator
{
    private const int Block = 64;
    private readonly float[] query = new float[quantiser.Dimension];
    private readonly float[] decoded = new float[Block * quantiser.Dimension];

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query) => query.CopyTo(this.query);

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        var d = quantiser.Dimension;
        for (var first = 0; first < distances.Length; first += Block)
        {
            var count = Math.Min(Block, distances.Length - first);
            var rows = decoded.AsSpan(0, count * d);
            quantiser.Decode(codes.Slice(first * quantiser.CodeBytes, count * quantiser.CodeBytes), rows);
            for (var i = 0; i < count; i++)
                distances[first + i] = DistanceTo(rows.Slice(i * d, d));
        }
    }

    private float DistanceTo(ReadOnlySpan<float> row) =>
        metric == Metric.L2 ? Kernels.SquaredDistance(query, row) : -Kernels.Dot(query, row);
}
