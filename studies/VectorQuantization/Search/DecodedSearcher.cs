using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>
/// Looks at every code of a method that knows no distances of its own: codes are decoded once for all queries that come together,
/// which costs most of the time. Distances are those of <see cref="DecodingEstimator"/>, to the last bit.
/// </summary>
internal sealed class DecodedSearcher(Quantiser quantiser, CodeSet codes, Metric metric) : Searcher
{
    // Floats that stay in the second-level cache while query after query looks at them.
    private const int DecodedFloats = 1 << 16;

    private readonly int rowsAtOnce = Math.Clamp(DecodedFloats / quantiser.Dimension, 1, 1024);
    private float[] decoded = [];
    private float[] chunk = [];

    /// <inheritdoc />
    public override int Batch => 32;

    /// <inheritdoc />
    public override void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids)
    {
        if (decoded.Length == 0)
            (decoded, chunk) = (new float[rowsAtOnce * quantiser.Dimension], new float[rowsAtOnce]);
        var count = ids.Length / k;
        for (var query = 0; query < count; query++)
            _ = new NearestHeap(distances.Slice(query * k, k), ids.Slice(query * k, k));
        for (long first = 0; first < codes.Count; )
        {
            var run = codes.Run(first, rowsAtOnce);
            quantiser.Decode(codes.Rows(first, run), decoded.AsSpan(0, run * quantiser.Dimension));
            for (var query = 0; query < count; query++)
            {
                Distances(queries.Slice(query * quantiser.Dimension, quantiser.Dimension), chunk.AsSpan(0, run));
                DistanceFilter.Offer(
                    chunk.AsSpan(0, run),
                    first,
                    NearestHeap.Over(distances.Slice(query * k, k), ids.Slice(query * k, k))
                );
            }
            first += run;
        }
        for (var query = 0; query < count; query++)
            NearestHeap.Over(distances.Slice(query * k, k), ids.Slice(query * k, k)).Finish();
    }

    private void Distances(ReadOnlySpan<float> query, Span<float> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            var row = decoded.AsSpan(i * query.Length, query.Length);
            to[i] = metric == Metric.L2 ? Kernels.SquaredDistance(query, row) : -Kernels.Dot(query, row);
        }
    }
}
