using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(100)]
    public void Vectors_are_orthonormal_and_the_matrix_only_stretches_them(int n)
    {
        var matrix = Symmetric(n, new RandomSequence(3));

        var eigen = SymmetricEigen.Of(Copy(matrix), 1, Stop);

        for (var i = 0; i < n; i++)
        {
            var vector = eigen.Vectors[i];
            for (var j = 0; j < n; j++)
            {
                Assert.Equal(eigen.Values[i] * vector[j], Dot(matrix[j], vector), 1e-11 * n);
                Assert.Equal(i == j ? 1 : 0, Dot(vector, eigen.Vectors[j]), 1e-12 * n);
            }
        }
        Assert.Equal(eigen.Values.OrderDescending(), eigen.Values);
    }

    // The second difference matrix: 2 − 2 cos(kπ / (n + 1)).
    [Fact]
    public void Values_that_are_known_are_found()
    {
        const int n = 60;
        var matrix = Zero(n);
        for (var i = 0; i < n; i++)
        {
            matrix[i][i] = 2;
            if (i > 0)
                matrix[i][i - 1] = matrix[i - 1][i] = -1;
        }

        var values = SymmetricEigen.Of(matrix, 1, Stop).Values;

        for (var k = 1; k <= n; k++)
            Assert.Equal(2 - (2 * Math.Cos(k * Math.PI / (n + 1))), values[n - k], 1e-13);
    }

    [Fact]
    public void A_matrix_of_rank_one_or_none_is_no_trouble()
    {
        var matrix = Zero(40);
        for (var i = 0; i < 40; i++)
        for (var j = 0; j < 40; j++)
            matrix[i][j] = i % 3 == 0 || j % 3 == 0 ? 0 : 2;

        var values = SymmetricEigen.Of(matrix, 1, Stop).Values;

        Assert.Equal(52, values[0], 1e-12);
        Assert.All(values.Skip(1), value => Assert.Equal(0, value, 1e-12));
        Assert.All(SymmetricEigen.Of(Zero(5), 1, Stop).Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        var matrix = Symmetric(75, new RandomSequence(8));

        var one = SymmetricEigen.Of(Copy(matrix), 1, Stop);
        var three = SymmetricEigen.Of(Copy(matrix), 3, Stop);

        Assert.Equal(one.Values, three.Values);
        Assert.Equal(one.Vectors.SelectMany(vector => vector), three.Vectors.SelectMany(vector => vector));
    }

    private static double[][] Symmetric(int n, RandomSequence random)
    {
        var matrix = Zero(n);
        for (var i = 0; i < n; i++)
        for (var j = 0; j <= i; j++)
            matrix[i][j] = matrix[j][i] = random.NextGaussian();
        return matrix;
    }

    private static double[][] Zero(int n) => [.. Enumerable.Range(0, n).Select(_ => new double[n])];

    private static double[][] Copy(double[][] matrix) => [.. matrix.Select(row => row.ToArray())];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
