using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

public sealed class RandomRotationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(200)]
    public void Rows_are_orthonormal(int d)
    {
        var matrix = RandomRotation.Dense(d, new RandomSequence(5), 2, Stop);

        for (var i = 0; i < d; i++)
        for (var j = 0; j <= i; j++)
            Assert.Equal(i == j ? 1 : 0, Kernels.Dot(matrix.AsSpan(i * d, d), matrix.AsSpan(j * d, d)), 2e-6);
    }

    // Of an evenly drawn rotation every entry has mean 0, variance 1/d and fourth moment 3/(d(d + 2)).
    [Fact]
    public void Entries_have_the_moments_of_an_even_draw()
    {
        const int d = 3;
        var random = new RandomSequence(6);
        double[] entries =
        [
            .. Enumerable
                .Range(0, 20_000)
                .SelectMany(_ => RandomRotation.Dense(d, random, 1, Stop))
                .Select(x => (double)x),
        ];

        Assert.Equal(0, entries.Average(), .005);
        Assert.Equal(1.0 / d, entries.Average(x => x * x), .002);
        Assert.Equal(3.0 / (d * (d + 2)), entries.Average(x => x * x * x * x), .003);
    }

    [Fact]
    public void Threads_do_not_change_a_bit() =>
        Assert.Equal(
            RandomRotation.Dense(70, new RandomSequence(7), 1, Stop),
            RandomRotation.Dense(70, new RandomSequence(7), 3, Stop)
        );
}
