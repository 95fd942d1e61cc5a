using VectorQuantization.Neighbours;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>
/// Search that looks at every code, 64 at once: look-ups in seven bits say which codes may count, and those are looked at with
/// the estimator itself. What is found is to the last bit what <see cref="FlatScan"/> finds.
/// </summary>
public sealed class FastScan : SearchIndex
{
    private readonly Quantiser quantiser;
    private readonly Metric metric;
    private readonly TransposedCodes blocks;

    /// <summary>Lays out the codes for the scan; <paramref name="codes"/> aren't needed after that.</summary>
    /// <param name="quantiser">A quantiser that <see cref="Knows"/>.</param>
    /// <param name="codes">Codes of all rows.</param>
    /// <param name="metric">What near means.</param>
    public FastScan(Quantiser quantiser, CodeSet codes, Metric metric)
    {
        if (!Knows(quantiser, metric))
            throw new ArgumentException(
                $"{quantiser.Method} has no tables that this machine can look up with shuffles.",
                nameof(quantiser)
            );
        this.quantiser = quantiser;
        this.metric = metric;
        blocks = new TransposedCodes(codes);
    }

    /// <inheritdoc />
    public override int Dimension => quantiser.Dimension;

    /// <inheritdoc />
    public override long Count => blocks.Count;

    /// <inheritdoc />
    public override long RowBytes => blocks.Bytes;

    /// <summary>Whether codes of this quantiser can be scanned so: sums over tables, with indices of 4 bits, or of 8 where the machine has AVX-512 VBMI.</summary>
    public static bool Knows(Quantiser quantiser, Metric metric) =>
        quantiser.EstimatorOf(metric) is TableEstimator tables && ScreenedQuery.Knows(tables, quantiser.CodeBytes);

    /// <inheritdoc />
    public override Searcher CreateSearcher() =>
        new FastSearcher(
            () => new ScreenedQuery((TableEstimator)quantiser.EstimatorOf(metric), blocks.CodeBytes),
            blocks
        );

    private sealed class FastSearcher(Func<ScreenedQuery> create, TransposedCodes blocks) : Searcher
    {
        // Blocks that one query after the other looks at: they stay in the first-level cache.
        private const int ChunkBytes = 1 << 14;

        private readonly List<ScreenedQuery> states = [];
        private readonly int blockBytes = TransposedCodes.BlockCodes * blocks.CodeBytes;

        public override int Batch => 16;

        public override void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids)
        {
            var count = ids.Length / k;
            var d = queries.Length / count;
            while (states.Count < count)
                states.Add(create());
            for (var query = 0; query < count; query++)
            {
                states[query].Prepare(queries.Slice(query * d, d));
                _ = new NearestHeap(distances.Slice(query * k, k), ids.Slice(query * k, k));
            }
            var chunk = Math.Max(1, ChunkBytes / blockBytes);
            for (long first = 0; first < blocks.Blocks; )
            {
                var run = blocks.Run(first, chunk);
                for (var query = 0; query < count; query++)
                    Scan(
                        states[query],
                        first,
                        run,
                        NearestHeap.Over(distances.Slice(query * k, k), ids.Slice(query * k, k))
                    );
                first += run;
            }
            for (var query = 0; query < count; query++)
            {
                var heap = NearestHeap.Over(distances.Slice(query * k, k), ids.Slice(query * k, k));
                states[query].Waiting.Flush(heap);
                heap.Finish();
            }
        }

        private unsafe void Scan(ScreenedQuery query, long first, int count, NearestHeap heap)
        {
            var bytes = blocks.Rows(first, count);
            fixed (byte* start = bytes)
            {
                for (var block = 0; block < count; block++)
                {
                    block += query.FindNear(
                        start + ((nint)block * blockBytes),
                        count - block,
                        heap.Worst,
                        out var even,
                        out var odd
                    );
                    if (block < count)
                        query.Waiting.Take(
                            bytes.Slice(block * blockBytes, blockBytes),
                            (first + block) * TransposedCodes.BlockCodes,
                            blocks.Count,
                            even,
                            odd,
                            heap
                        );
                }
            }
        }
    }
}
