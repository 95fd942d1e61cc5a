using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

public sealed class PolarDecompositionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(130)]
    public void The_factor_of_a_rotation_times_a_positive_matrix_is_the_rotation(int n)
    {
        var random = new RandomSequence(1);
        var rotation = Rotation(n, random);
        var half = Gaussian(n, random);
        var positive = TimesTransposed(half, half, n);
        for (var i = 0; i < n; i++)
            positive[(i * n) + i] += n;

        var factor = PolarDecomposition.OrthogonalFactor(TimesTransposed(rotation, positive, n), n, threads: 2);

        for (var i = 0; i < factor.Length; i++)
            Assert.Equal(rotation[i], factor[i], 2e-4f);
    }

    // Singular values from 1 down to 10⁻⁶, and then a matrix of rank 3: orthogonal all the same.
    [Theory]
    [InlineData(60, 1e-6)]
    [InlineData(60, 0)]
    public void Ill_conditioned_and_singular_matrices_have_an_orthogonal_factor(int n, double least)
    {
        var random = new RandomSequence(2);
        var left = Rotation(n, random.Fork(1));
        var right = Rotation(n, random.Fork(2));
        var values = Enumerable
            .Range(0, n)
            .Select(k =>
                least > 0 ? Math.Pow(least, k / (n - 1.0))
                : k < 3 ? 1
                : 0
            )
            .ToArray();
        for (var i = 0; i < left.Length; i++)
            left[i] *= (float)(1000 * values[i % n]);
        var matrix = TimesTransposed(left, right, n);

        var factor = PolarDecomposition.OrthogonalFactor(matrix, n, threads: 1);

        Assert.InRange(FromOrthogonal(factor, n), 0, 1e-5);
        // the greatest trace that any rotation reaches: the sum of singular values
        Assert.Equal(1000 * values.Sum(), Enumerable.Range(0, n * n).Sum(i => (double)matrix[i] * factor[i]), 0.1);
    }

    [Fact]
    public void Rows_and_columns_of_zeros_are_filled_up()
    {
        var matrix = Gaussian(40, new RandomSequence(4));
        for (var i = 0; i < 40; i++)
            matrix[(7 * 40) + i] = matrix[(i * 40) + 23] = 0;

        Assert.InRange(FromOrthogonal(PolarDecomposition.OrthogonalFactor(matrix, 40, 1), 40), 0, 1e-5);
    }

    [Fact]
    public void A_matrix_of_zeros_gives_the_identity() =>
        Assert.Equal(PolarDecomposition.Identity(3), PolarDecomposition.OrthogonalFactor(new float[9], 3, 1));

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var matrix = Gaussian(110, new RandomSequence(3));

        Assert.Equal(
            PolarDecomposition.OrthogonalFactor(matrix, 110, 1),
            PolarDecomposition.OrthogonalFactor(matrix, 110, 4)
        );
    }

    private static float[] Rotation(int n, RandomSequence random) =>
        RandomRotation.Dense(n, random, 1, TestContext.Current.CancellationToken);

    private static double FromOrthogonal(float[] matrix, int n)
    {
        double worst = 0;
        for (var i = 0; i < n; i++)
        for (var j = 0; j < n; j++)
        {
            var product = Kernels.Dot(matrix.AsSpan(i * n, n), matrix.AsSpan(j * n, n));
            worst = Math.Max(worst, Math.Abs(product - (i == j ? 1 : 0)));
        }
        return worst;
    }

    private static float[] TimesTransposed(float[] a, float[] b, int n)
    {
        var product = new float[n * n];
        using var packed = PackedRows.Of(b, n);
        MatrixProduct.Multiply(a, packed, product);
        return product;
    }

    private static float[] Gaussian(int n, RandomSequence random) =>
        [.. Enumerable.Range(0, n * n).Select(_ => (float)random.NextGaussian())];
}
