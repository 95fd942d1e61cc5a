using VectorQuantization.Neighbours;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>
/// Search that looks at every code of 4-bit indices, 64 at once: look-ups in seven bits say which codes may count, and those are
/// looked at with the estimator itself. What is found is to the last bit what <see cref="FlatScan"/> finds.
/// </summary>
public sealed class FastScan : SearchIndex
{
    private readonly Quantiser quantiser;
    private readonly Metric metric;
    private readonly NibbleBlocks blocks;

    /// <summary>Lays out the codes for the scan; <paramref name="codes"/> aren't needed after that.</summary>
    /// <param name="quantiser">A quantiser that <see cref="Knows"/>.</param>
    /// <param name="codes">Codes of all rows.</param>
    /// <param name="metric">What near means.</param>
    public FastScan(Quantiser quantiser, CodeSet codes, Metric metric)
    {
        if (!Knows(quantiser, metric))
            throw new ArgumentException($"{quantiser.Method} has no tables of 4-bit indices.", nameof(quantiser));
        this.quantiser = quantiser;
        this.metric = metric;
        blocks = new NibbleBlocks(codes);
    }

    /// <inheritdoc />
    public override int Dimension => quantiser.Dimension;

    /// <inheritdoc />
    public override long Count => blocks.Count;

    /// <inheritdoc />
    public override long RowBytes => blocks.Bytes;

    /// <summary>Whether codes of this quantiser can be scanned so: sums over tables, with indices of 4 bits.</summary>
    public static bool Knows(Quantiser quantiser, Metric metric) =>
        quantiser.CodeBytes <= NibbleKernel.MostBytes && quantiser.EstimatorOf(metric) is TableEstimator { Bits: 4 };

    /// <inheritdoc />
    public override Searcher CreateSearcher() =>
        new FastSearcher(
            () => new NibbleQuery((TableEstimator)quantiser.EstimatorOf(metric), blocks.CodeBytes),
            blocks
        );

    private sealed class FastSearcher(Func<NibbleQuery> create, NibbleBlocks blocks) : Searcher
    {
        // Blocks that one query after the other looks at: they stay in the first-level cache.
        private const int ChunkBytes = 1 << 14;

        private readonly List<NibbleQuery> states = [];
        private readonly byte[] codes = new byte[NibbleKernel.BlockCodes * blocks.CodeBytes];
        private readonly float[] exact = new float[NibbleKernel.BlockCodes];
        private readonly long[] found = new long[NibbleKernel.BlockCodes];

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
            var chunk = Math.Max(1, ChunkBytes / codes.Length);
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
                NearestHeap.Over(distances.Slice(query * k, k), ids.Slice(query * k, k)).Finish();
        }

        private unsafe void Scan(NibbleQuery query, long first, int count, NearestHeap heap)
        {
            var bytes = blocks.Rows(first, count);
            fixed (byte* start = bytes)
            fixed (byte* tables = query.Tables)
            {
                for (var block = 0; block < count; block++)
                {
                    block += NibbleKernel.FindNear(
                        start + ((nint)block * codes.Length),
                        count - block,
                        blocks.CodeBytes,
                        tables,
                        query.Limit(heap.Worst),
                        out var even,
                        out var odd
                    );
                    if (block < count)
                        Offer(
                            query.Estimator,
                            bytes.Slice(block * codes.Length, codes.Length),
                            (first + block) * NibbleKernel.BlockCodes,
                            even,
                            odd,
                            heap
                        );
                }
            }
        }

        private void Offer(
            TableEstimator estimator,
            ReadOnlySpan<byte> block,
            long firstId,
            uint even,
            uint odd,
            NearestHeap heap
        )
        {
            var count = Gather(block, firstId, even, 0, 0);
            count = Gather(block, firstId, odd, 1, count);
            estimator.Distances(codes.AsSpan(0, count * blocks.CodeBytes), exact.AsSpan(0, count));
            for (var i = 0; i < count; i++)
                heap.Add(exact[i], found[i]);
        }

        // Codes that only fill up the last block are left out.
        private int Gather(ReadOnlySpan<byte> block, long firstId, uint near, int odd, int count)
        {
            for (; near != 0; near &= near - 1)
            {
                var code = (2 * System.Numerics.BitOperations.TrailingZeroCount(near)) + odd;
                if (firstId + code >= blocks.Count)
                    continue;
                NibbleBlocks.CopyCode(block, code, codes.AsSpan(count * blocks.CodeBytes, blocks.CodeBytes));
                found[count++] = firstId + code;
            }
            return count;
        }
    }
}
