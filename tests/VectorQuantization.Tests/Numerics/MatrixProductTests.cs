using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(12, 32, 16)]
    [InlineData(13, 33, 784)]
    [InlineData(97, 65, 511)]
    [InlineData(30, 70, 1025)]
    public void A_product_is_the_inner_product_of_every_pair_of_rows(int m, int n, int k)
    {
        var random = new RandomSequence(1);
        var a = Gaussian(random, m * k);
        var b = Gaussian(random, n * k);
        var c = new float[m * n];

        using var packed = PackedRows.Of(b, k);
        MatrixProduct.Multiply(a, packed, c);

        for (var i = 0; i < m; i++)
        for (var j = 0; j < n; j++)
        {
            double expected = 0;
            for (var x = 0; x < k; x++)
                expected += (double)a[(i * k) + x] * b[(j * k) + x];
            Assert.Equal(expected, c[(i * n) + j], 1e-5 * k);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var random = new RandomSequence(2);
        var a = Gaussian(random, 500 * 100);
        using var packed = PackedRows.Of(Gaussian(random, 77 * 100), 100);
        var one = new float[500 * 77];
        var four = new float[500 * 77];

        MatrixProduct.Multiply(a, packed, one, threads: 1);
        MatrixProduct.Multiply(a, packed, four, threads: 4);

        Assert.Equal(one, four);
    }

    private static float[] Gaussian(RandomSequence random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
}
