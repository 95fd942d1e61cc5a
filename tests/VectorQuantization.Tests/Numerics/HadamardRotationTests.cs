using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

public sealed class HadamardRotationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(784)]
    public void Inner_products_stay_and_rows_come_back(int d)
    {
        var random = new RandomSequence(1);
        var rotation = HadamardRotation.Random(d, random);
        float[] rows = [.. Enumerable.Range(0, 3 * d).Select(_ => (float)random.NextGaussian())];
        var (turned, back) = (new float[3 * d], new float[3 * d]);

        rotation.Apply(rows, turned);
        rotation.Undo(turned, back);

        for (var i = 0; i < 3; i++)
            Assert.Equal(
                Kernels.Dot(rows.AsSpan(0, d), rows.AsSpan(i * d, d)),
                Kernels.Dot(turned.AsSpan(0, d), turned.AsSpan(i * d, d)),
                2e-6 * d + 1e-5
            );
        Assert.All(rows.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    // H₄ of (1, 2, 3, 4) is (10, −2, −4, 0) / 2; twice that is the row itself.
    [Fact]
    public void Without_flips_four_rounds_are_two_times_the_transform_and_back()
    {
        float[] flips = [.. Enumerable.Repeat(1f, 12), 1, 1, -1, -1];
        var turned = new float[4];

        new HadamardRotation(flips, 4).Apply([1, 2, 3, 4], turned);

        // Three transforms make (5, −1, −2, 0); the last flips turn it to (5, −1, 2, 0), whose transform this is.
        Assert.Equal([3, 4, 1, 2], turned);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(200)]
    public void One_coordinate_is_spread_over_all(int d)
    {
        var unit = new float[d];
        unit[d / 3] = 1;
        var turned = new float[d];

        HadamardRotation.Random(d, new RandomSequence(2)).Apply(unit, turned);

        // Of a normal row the largest of 200 squares is some 3.5² times the mean.
        Assert.InRange(turned.Max(x => x * x) * d, 1, 25);
        Assert.InRange(turned.Count(x => x * x * d < 0.01), 0, d / 5);
    }
}
