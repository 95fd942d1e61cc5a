using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Measures;

/// <summary>How far rows lie from their mean: what relative errors are relative to.</summary>
public static class DataVariance
{
    private const int BlockFloats = 1 << 18;

    /// <summary>Mean of ‖x − x̄‖² over rows; 0 for no rows. In double, added up in the order of the blocks.</summary>
    public static double Of(VectorSet rows, int threads, CancellationToken stop = default)
    {
        var d = rows.Dimension;
        var blockRows = Math.Max(1, BlockFloats / d);
        var blocks = RowBlocks.Count(rows.Count, blockRows);
        // Waves bound the memory: sums of a block are d doubles.
        var sum = new double[d];
        double squares = 0;
        const int wave = 64;
        for (var first = 0; first < blocks; first += wave)
        {
            var start = (long)first * blockRows;
            var count = Math.Min((long)wave * blockRows, rows.Count - start);
            var sums = new (double[] Sum, double Squares)[RowBlocks.Count(count, blockRows)];
            RowBlocks.ForEach(
                count,
                blockRows,
                threads,
                (block, at, height) => sums[block] = SumsOf(rows, start + at, height),
                stop
            );
            foreach (var (blockSum, blockSquares) in sums)
            {
                squares += blockSquares;
                for (var i = 0; i < d; i++)
                    sum[i] += blockSum[i];
            }
        }
        if (rows.Count == 0)
            return 0;
        var meanSquared = sum.Sum(total => total / rows.Count * (total / rows.Count));
        return Math.Max(0, (squares / rows.Count) - meanSquared);
    }

    private static (double[] Sum, double Squares) SumsOf(VectorSet rows, long first, int count)
    {
        var d = rows.Dimension;
        var block = new float[count * d];
        rows.Read(first, block);
        var sum = new double[d];
        double squares = 0;
        for (var at = 0; at < block.Length; at += d)
        {
            for (var i = 0; i < d; i++)
            {
                double value = block[at + i];
                sum[i] += value;
                squares += value * value;
            }
        }
        return (sum, squares);
    }
}
