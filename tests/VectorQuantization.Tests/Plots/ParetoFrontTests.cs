using VectorQuantization.Plots;
using Xunit;

namespace VectorQuantization.Tests.Plots;

public sealed class ParetoFrontTests
{
    // Bytes (fewer is better) and recall (more is better).
    [Fact]
    public void A_point_falls_only_to_one_that_is_nowhere_worse_and_somewhere_better()
    {
        (double, double)[] points =
        [
            (16, 0.5), // on the front
            (8, 0.3), // on the front
            (16, 0.4), // as many bytes, less recall
            (32, 0.5), // as much recall, more bytes
            (64, 0.9), // on the front
            (64, 0.9), // equal: beats nobody and is not beaten
            (128, 0.8), // worse in both
        ];
        Assert.Equal([1, 0, 4, 5], ParetoFront.Of(points, moreXIsBetter: false, moreYIsBetter: true));
    }

    [Theory]
    [InlineData(false, false, new[] { 0 })]
    [InlineData(true, true, new[] { 2 })]
    [InlineData(false, true, new[] { 0, 1, 2 })]
    [InlineData(true, false, new[] { 0, 1, 2 })]
    public void Either_way_may_be_better_on_each_axis(bool moreX, bool moreY, int[] front) =>
        Assert.Equal(front, ParetoFront.Of([(1, 1), (2, 2), (3, 3)], moreX, moreY));

    [Fact]
    public void What_was_not_measured_neither_beats_nor_stands() =>
        Assert.Equal([1], ParetoFront.Of([(double.NaN, 9), (1, 1), (1, double.NaN)], true, true));

    [Fact]
    public void One_point_is_a_front() => Assert.Equal([0], ParetoFront.Of([(1, 1)], true, true));
}
