using VectorQuantization.Quantisers.RaBitQ;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.RaBitQ;

public sealed class GridScaleTests
{
    [Theory]
    [InlineData(1, 20)]
    [InlineData(1, 300)]
    [InlineData(2, 100)]
    [InlineData(3, 784)]
    [InlineData(5, 128)]
    [InlineData(8, 64)]
    public void The_scale_found_is_as_good_as_the_best_of_all_scales(int extraBits, int dimension)
    {
        var scales = new GridScale(extraBits);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var row = Codes.Gaussian(1, dimension, seed).Values.ToArray().Select(MathF.Abs).ToArray();
            var filled = new float[(dimension + 15) / 16 * 16];
            row.CopyTo(filled, 0);

            var found = Cosine(row, extraBits, scales.Best(filled, dimension, row.Sum(x => x * x)));

            Assert.InRange(found, BestOfAll(row, extraBits) - 1e-5, 1);
        }
    }

    // The cosine changes only where some coordinate goes up a level: t·x = 1, 2, …, 2^b − 1.
    private static double BestOfAll(float[] row, int extraBits)
    {
        var top = (1 << extraBits) - 1;
        var changes = row.SelectMany(
                (x, i) => Enumerable.Range(1, top).Select(level => (At: level / (double)x, Coordinate: i))
            )
            .Order();
        var levels = new int[row.Length];
        double along = row.Sum(x => x / 2.0),
            square = row.Length / 4.0;
        var best = along / Math.Sqrt(square);
        foreach (var (_, i) in changes)
        {
            levels[i]++;
            along += row[i];
            square += 2 * levels[i];
            best = Math.Max(best, along / Math.Sqrt(square));
        }
        return best / Math.Sqrt(row.Sum(x => (double)x * x));
    }

    private static double Cosine(float[] row, int extraBits, float scale)
    {
        double[] point = [.. row.Select(x => Math.Min(Math.Floor(scale * x), (1 << extraBits) - 1) + .5)];
        return row.Zip(point, (x, y) => x * y).Sum() / Math.Sqrt(row.Sum(x => (double)x * x) * point.Sum(y => y * y));
    }
}
