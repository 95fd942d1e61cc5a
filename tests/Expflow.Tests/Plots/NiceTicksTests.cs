using Expflow.Plots;
using Xunit;

namespace Expflow.Tests.Plots;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0, 1, 5, false, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1, 1, 4, false, "−1.0 −0.5 0 0.5 1.0")]
    [InlineData(0.9, 3.1, 8, true, "1 2 3")]
    [InlineData(0, 1e6, 5, true, "0 2e5 4e5 6e5 8e5 1e6")]
    [InlineData(2e-6, 2.8e-6, 4, false, "2e−6 2.2e−6 2.4e−6 2.6e−6 2.8e−6")]
    [InlineData(99_990, 100_010, 4, false, "99990 99995 100000 100005 100010")]
    public void A_linear_axis_has_round_ticks(double min, double max, int most, bool whole, string expected) =>
        Assert.Equal(expected, string.Join(' ', NiceTicks.Linear(min, max, most, whole).Select(tick => tick.Label)));

    [Theory]
    [InlineData(-4, 0, 8, "0.0001 0.001 0.01 0.1 1")]
    [InlineData(-1, 1, 8, "0.1 0.2 0.5 1 2 5 10")]
    [InlineData(0, 12, 5, "1 1000 1e6 1e9 1e12")]
    [InlineData(0.1, 0.6, 4, "2 3")]
    public void A_logarithmic_axis_has_decades(double min, double max, int most, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', NiceTicks.Decades(min, max, most).Where(tick => tick.IsMajor).Select(tick => tick.Label))
        );

    [Theory]
    [InlineData(0.9534, "0.953")]
    [InlineData(12.345, "12.3")]
    [InlineData(12345, "12345")]
    [InlineData(-0.5, "−0.500")]
    [InlineData(0.00001234, "1.23e−5")]
    [InlineData(0, "0")]
    public void Values_in_cells_have_three_digits(double value, string expected) =>
        Assert.Equal(expected, ChartText.Number(value, 3));

    [Theory]
    [InlineData(new[] { 0.001, 0.01, 0.1 }, true)]
    [InlineData(new[] { 0.0, 0.01, 0.1 }, false)]
    [InlineData(new[] { 1.0, 2, 3 }, false)]
    [InlineData(new[] { 0.001, 1 }, false)]
    public void Learning_rates_suit_a_logarithmic_axis_and_seeds_do_not(double[] values, bool suits) =>
        Assert.Equal(suits, LogScale.Suits(values));

    [Fact]
    public void The_deviation_is_that_of_a_sample_and_leaves_NaN_out() =>
        Assert.Equal(new RunSummary(2, Math.Sqrt(2)), RunSummary.Of([1, double.NaN, 3]));
}
