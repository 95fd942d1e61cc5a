using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>Search that looks at every code, with the distances that the quantiser's own estimator tells.</summary>
/// <param name="quantiser">The quantiser that the codes are of.</param>
/// <param name="codes">Codes of all rows.</param>
/// <param name="metric">What near means.</param>
public sealed class FlatScan(Quantiser quantiser, CodeSet codes, Metric metric) : SearchIndex
{
    private const int Chunk = 1024;

    // Below this many codes a thread, starting threads takes longer than what they save.
    private const int LeastRowsPerThread = 8192;

    /// <inheritdoc />
    public override int Dimension => quantiser.Dimension;

    /// <inheritdoc />
    public override long Count => codes.Count;

    /// <inheritdoc />
    public override long RowBytes => codes.Bytes;

    /// <inheritdoc />
    public override Searcher CreateSearcher() =>
        quantiser.EstimatorOf(metric) is var estimator && estimator is DecodingEstimator
            ? new DecodedSearcher(quantiser, codes, metric)
            : new FlatSearcher(estimator, codes);

    /// <inheritdoc />
    public override NeighbourTable Search(
        ReadOnlyMemory<float> queries,
        int k,
        int threads,
        CancellationToken stop = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var count = QueriesIn(queries);
        var parts = (int)Math.Min(threads / Math.Max(1, count), Count / LeastRowsPerThread);
        return parts < 2
            ? base.Search(queries, k, threads, stop)
            : SearchInParts(queries, count, k, parts, threads, stop);
    }

    // Fewer queries than threads: each thread looks at a part of the codes, and the parts' nearest are put together.
    private NeighbourTable SearchInParts(
        ReadOnlyMemory<float> queries,
        int count,
        int k,
        int parts,
        int threads,
        CancellationToken stop
    )
    {
        var ids = new long[count * parts * k];
        var distances = new float[count * parts * k];
        var partRows = (Count + parts - 1) / parts;
        RowBlocks.ForEach(
            count * parts,
            1,
            threads,
            (_, task, _) =>
            {
                var at = (int)task * k;
                var query = (int)task / parts;
                var first = task % parts * partRows;
                new FlatSearcher(quantiser.EstimatorOf(metric), codes).Scan(
                    queries.Span.Slice(query * Dimension, Dimension),
                    first,
                    Math.Min(partRows, Count - first),
                    new NearestHeap(distances.AsSpan(at, k), ids.AsSpan(at, k))
                );
            },
            stop
        );
        return Together(count, parts, k, ids, distances);
    }

    private static NeighbourTable Together(int count, int parts, int k, long[] ids, float[] distances)
    {
        var nearestIds = new long[count * k];
        var nearest = new float[count * k];
        for (var query = 0; query < count; query++)
        {
            var heap = new NearestHeap(nearest.AsSpan(query * k, k), nearestIds.AsSpan(query * k, k));
            for (var i = query * parts * k; i < (query + 1) * parts * k; i++)
                heap.Add(distances[i], ids[i]);
            heap.Finish();
        }
        return new NeighbourTable(k, nearestIds, nearest);
    }

    private sealed class FlatSearcher(DistanceEstimator estimator, CodeSet codes) : Searcher
    {
        private readonly float[] chunk = new float[Chunk];

        public override void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids)
        {
            var count = ids.Length / k;
            var d = queries.Length / count;
            for (var query = 0; query < count; query++)
            {
                var heap = new NearestHeap(distances.Slice(query * k, k), ids.Slice(query * k, k));
                Scan(queries.Slice(query * d, d), 0, codes.Count, heap);
                heap.Finish();
            }
        }

        public void Scan(ReadOnlySpan<float> query, long first, long rows, NearestHeap heap)
        {
            estimator.Prepare(query);
            for (var end = first + rows; first < end; )
            {
                var run = codes.Run(first, Math.Min(Chunk, end - first));
                var distances = chunk.AsSpan(0, run);
                estimator.Distances(codes.Rows(first, run), distances);
                DistanceFilter.Offer(distances, first, heap);
                first += run;
            }
        }
    }
}
