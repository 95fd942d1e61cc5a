using VectorQuantization.Measures;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Measures;

public sealed class DistortionTests
{
    [Fact]
    public void Mean_squared_error_is_told_by_vector_and_by_dimension()
    {
        var error = new ReconstructionError();
        error.Add([3, 4, 0, 5], [3, 3, 1, 5], dimension: 2);

        Assert.Equal(1, error.PerVector);
        Assert.Equal(0.5, error.PerDimension(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Variance_is_around_the_mean_of_all_rows(int threads)
    {
        // Rows (i, 5) for i below 1000: the variance of 0 … n − 1 is (n² − 1) / 12.
        float[] values = [.. Enumerable.Range(0, 1000).SelectMany(row => new[] { (float)row, 5 })];

        Assert.Equal(
            999_999 / 12.0,
            DataVariance.Of(new MemoryVectors("rows", values, 2), threads, TestContext.Current.CancellationToken),
            6
        );
    }

    [Fact]
    public void Blocks_add_up()
    {
        var first = new ReconstructionError();
        first.Add([1, 0], [0, 0], dimension: 2);
        var second = new ReconstructionError();
        second.Add([1, 2, 1, 2], [1, 0, 1, 1], dimension: 2);

        first.Add(second);

        Assert.Equal((3, 2.0), (first.Rows, first.PerVector));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1e-8, 1, 0)]
    [InlineData(1.1e-2, 1, 60)]
    [InlineData(1e9, 1, 99)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 99)]
    public void A_row_is_counted_by_its_relative_error(double squaredError, double squaredLength, int bin)
    {
        var histogram = new ErrorHistogram();
        histogram.Add(squaredError, squaredLength);

        Assert.Equal(1, histogram.Counts[bin]);
        Assert.Equal(histogram.Counts.Count + 1, ErrorHistogram.Edges.Count);
    }

    [Fact]
    public void Pairwise_distortion_is_that_of_the_distances()
    {
        // Distances 5, 5, 1 become 10, 5, 1.5: off by 1, 0 and 0.5.
        var distortion = PairwiseDistortion.Of(
            [3, 4, 3, 4, 1, 0],
            [0, 0, 0, 0, 0, 0],
            [6, 8, 3, 4, 1.5f, 0],
            [0, 0, 0, 0, 0, 0],
            dimension: 2
        );

        Assert.Equal(0.5, distortion.Mean, 6);
        Assert.Equal(0.5, distortion.Median, 6);
        Assert.Equal(1, distortion.Max, 6);
    }
}
