using VectorQuantization.Numerics;

namespace VectorQuantization.Vectors;

/// <summary>What is done with some consecutive rows.</summary>
/// <param name="block">The block's number, from 0.</param>
/// <param name="first">Its first row.</param>
/// <param name="rows">Row-major.</param>
public delegate void BlockWork(int block, long first, ReadOnlySpan<float> rows);

/// <summary>A set read a block at a time on several threads, without a copy where its rows lie in memory as floats.</summary>
public static class VectorBlocks
{
    private const int MeanBlock = 4096;

    /// <summary>Calls <paramref name="work"/> once for each block, in no particular order; see <see cref="RowBlocks"/>.</summary>
    public static void ForEachBlock(
        this VectorSet vectors,
        int blockRows,
        int threads,
        BlockWork work,
        CancellationToken stop = default
    )
    {
        using var buffers = new ThreadLocal<float[]>(() => new float[blockRows * vectors.Dimension]);
        RowBlocks.ForEach(
            vectors.Count,
            blockRows,
            threads,
            (block, first, count) =>
            {
                if (!vectors.TryGet(first, count, out var rows))
                {
                    var copy = buffers.Value.AsSpan(0, count * vectors.Dimension);
                    vectors.Read(first, copy);
                    rows = copy;
                }
                work(block, first, rows);
            },
            stop
        );
    }

    /// <summary>Bytes that <see cref="Mean"/> takes beside the rows.</summary>
    public static long MeanBytes(int dimension, long rows) => sizeof(double) * dimension * (1 + (rows / MeanBlock));

    /// <summary>The mean row, summed in double precision in the order of blocks: the same whatever the number of threads.</summary>
    /// <param name="vectors">At least one row.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the work between blocks.</param>
    public static float[] Mean(this VectorSet vectors, int threads, CancellationToken stop = default)
    {
        var partial = new double[RowBlocks.Count(vectors.Count, MeanBlock)][];
        vectors.ForEachBlock(
            MeanBlock,
            threads,
            (block, _, rows) =>
            {
                var sums = new double[vectors.Dimension];
                for (var at = 0; at < rows.Length; at += sums.Length)
                for (var i = 0; i < sums.Length; i++)
                    sums[i] += rows[at + i];
                partial[block] = sums;
            },
            stop
        );
        var total = new double[vectors.Dimension];
        foreach (var sums in partial)
        {
            for (var i = 0; i < total.Length; i++)
                total[i] += sums[i];
        }
        return [.. total.Select(sum => (float)(sum / vectors.Count))];
    }
}
