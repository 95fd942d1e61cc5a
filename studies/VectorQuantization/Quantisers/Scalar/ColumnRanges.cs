using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Where each coordinate's values lie.</summary>
internal static class ColumnRanges
{
    /// <summary>Rows looked at at once by a thread.</summary>
    public const int BlockRows = 4096;

    /// <summary>The least and greatest value of each coordinate, over all rows.</summary>
    public static (float[] Low, float[] High) LeastAndGreatest(VectorSet rows, Training with)
    {
        var d = rows.Dimension;
        var partial = new (float[] Low, float[] High)[RowBlocks.Count(rows.Count, BlockRows)];
        rows.ForEachBlock(
            BlockRows,
            with.Threads,
            (block, _, values) =>
            {
                var low = values[..d].ToArray();
                var high = values[..d].ToArray();
                for (var at = d; at < values.Length; at += d)
                    Widen(values.Slice(at, d), low, high);
                partial[block] = (low, high);
            },
            with.Stop
        );
        var (least, greatest) = partial[0];
        foreach (var (low, high) in partial)
        {
            Widen(low, least, greatest);
            Widen(high, least, greatest);
        }
        return (least, greatest);
    }

    /// <summary>The values below and above which a share of <paramref name="tail"/> lies.</summary>
    public static (float[] Low, float[] High) Quantiles(VectorSet rows, double tail, Training with)
    {
        var low = new float[rows.Dimension];
        var high = new float[rows.Dimension];
        ColumnSample.ForEachSorted(
            rows,
            with,
            (coordinate, sorted) =>
            {
                low[coordinate] = Quantile(sorted, tail);
                high[coordinate] = Quantile(sorted, 1 - tail);
            }
        );
        return (low, high);
    }

    /// <summary>Mean and standard deviation of each coordinate, over all rows; summed in double precision in the order of blocks.</summary>
    public static (float[] Mean, float[] Deviation) MeanAndDeviation(VectorSet rows, Training with)
    {
        var d = rows.Dimension;
        var mean = rows.Mean(with.Threads, with.Stop);
        var partial = new double[RowBlocks.Count(rows.Count, BlockRows)][];
        rows.ForEachBlock(
            BlockRows,
            with.Threads,
            (block, _, values) =>
            {
                var squares = new double[d];
                for (var at = 0; at < values.Length; at += d)
                for (var i = 0; i < d; i++)
                {
                    var from = (double)values[at + i] - mean[i];
                    squares[i] += from * from;
                }
                partial[block] = squares;
            },
            with.Stop
        );
        var deviation = new float[d];
        for (var i = 0; i < d; i++)
            deviation[i] = (float)Math.Sqrt(partial.Sum(squares => squares[i]) / rows.Count);
        return (mean, deviation);
    }

    /// <summary>By linear interpolation between order statistics, as numpy's default does.</summary>
    private static float Quantile(ReadOnlySpan<float> sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + ((at - below) * ((double)sorted[above] - sorted[below])));
    }

    private static void Widen(ReadOnlySpan<float> row, Span<float> low, Span<float> high)
    {
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var l = ref MemoryMarshal.GetReference(low);
        ref var h = ref MemoryMarshal.GetReference(high);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
        {
            var values = Vector512.LoadUnsafe(ref x, (nuint)i);
            Vector512.MinNative(Vector512.LoadUnsafe(ref l, (nuint)i), values).StoreUnsafe(ref l, (nuint)i);
            Vector512.MaxNative(Vector512.LoadUnsafe(ref h, (nuint)i), values).StoreUnsafe(ref h, (nuint)i);
        }
        for (; i < row.Length; i++)
        {
            low[i] = Math.Min(low[i], row[i]);
            high[i] = Math.Max(high[i], row[i]);
        }
    }
}
