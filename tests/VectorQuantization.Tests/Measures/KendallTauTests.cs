using VectorQuantization.Measures;
using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Measures;

public sealed class KendallTauTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 10, 20, 30, 40 }, 1)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 4, 3, 2, 1 }, -1)]
    // The example of scipy.stats.kendalltau.
    [InlineData(new double[] { 12, 2, 1, 12, 2 }, new double[] { 1, 4, 7, 1, 0 }, -0.47140452079103173)]
    [InlineData(new double[] { 1, 1, 1 }, new double[] { 1, 2, 3 }, double.NaN)]
    [InlineData(new double[] { 1 }, new double[] { 1 }, double.NaN)]
    public void It_is_what_others_compute(double[] x, double[] y, double expected) =>
        Assert.Equal(expected, KendallTau.Of(x, y), 12);

    [Fact]
    public void It_is_the_balance_of_all_pairs()
    {
        var random = new RandomSequence(1);
        var x = Enumerable.Range(0, 200).Select(_ => (double)random.NextBelow(40)).ToArray();
        var y = Enumerable.Range(0, 200).Select(i => x[i] + random.NextBelow(30)).ToArray();
        var pairs = (from i in Enumerable.Range(0, 200) from j in Enumerable.Range(0, i) select (i, j)).ToArray();
        var balance = pairs.Sum(pair => Math.Sign(x[pair.i] - x[pair.j]) * Math.Sign(y[pair.i] - y[pair.j]));
        var (inX, inY) = (pairs.Count(pair => x[pair.i] != x[pair.j]), pairs.Count(pair => y[pair.i] != y[pair.j]));

        Assert.Equal(balance / Math.Sqrt((double)inX * inY), KendallTau.Of(x, y), 12);
    }
}
