namespace VectorQuantization.Numerics;

/// <summary>The orthogonal matrix next to a square one: U Vᵀ of its singular value decomposition U Σ Vᵀ.</summary>
/// <remarks>
/// Newton–Schulz iterations X ← ρX(3I − ρ²XᵀX)/2, which are matrix products alone and so run at the speed of those, with the
/// scaling ρ of J. Chen, E. Chow, "A stable scaling of Newton–Schulz for improving the sign function computation of a Hermitian
/// matrix" (2014): as long as the smallest singular value may still be small, each step makes it 2.5 times larger. Directions
/// that the matrix is as good as singular in are turned as its rounding errors have it; the result is orthogonal all the same.
/// </remarks>
public static class PolarDecomposition
{
    // Relative to the largest singular value; single precision knows nothing about smaller ones.
    private const double SmallestSingularValue = 1e-7;
    private const int MostSteps = 100;

    // With √3, a singular value of 1 would come out as almost nothing, and rounding would decide what becomes of it; this much
    // leaves it at 0.1.
    private const double MostScaling = 1.69770248526;

    /// <summary>Its orthogonal factor: the rotation or reflection R with the greatest trace of RᵀA, which solves Procrustes' problem.</summary>
    /// <param name="matrix">Row-major, n × n, finite.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="threads">To keep busy; the result does not depend on them.</param>
    /// <returns>Row-major; the identity for a matrix that is all zero. R·Rᵀ is the identity within about 10⁻⁶.</returns>
    public static float[] OrthogonalFactor(ReadOnlySpan<float> matrix, int n, int threads)
    {
        var x = matrix.ToArray();
        var bound = NormBound(x, n);
        if (!(bound > 0))
            return Identity(n);
        Kernels.Scale(x, (float)(1 / bound));
        Disturb(x, n);
        using var step = new Step(n, threads);
        var least = SmallestSingularValue;
        // Once all singular values are near 1, rounding decides: two steps without getting nearer are enough.
        var nearest = double.PositiveInfinity;
        var stalled = 0;
        for (var i = 0; i < MostSteps && stalled < 2; i++)
        {
            var scale = Math.Min(MostScaling, Math.Sqrt(3 / (1 + least + (least * least))));
            var deviation = step.Apply(x, scale);
            least = Math.Min(Grown(least, scale), Grown(1, scale));
            // While some singular value is still small (it may have been smaller than assumed), each step lets it grow.
            if (least < 0.99 || deviation > 0.5)
                continue;
            stalled = deviation < 0.5 * nearest ? 0 : stalled + 1;
            nearest = Math.Min(nearest, deviation);
        }
        return x;
    }

    /// <summary>n × n.</summary>
    public static float[] Identity(int n)
    {
        var identity = new float[n * n];
        for (var i = 0; i < n; i++)
            identity[(i * n) + i] = 1;
        return identity;
    }

    /// <summary>Rows become columns.</summary>
    /// <param name="from">Row-major, n × n.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="to">Overwritten.</param>
    public static void Transpose(ReadOnlySpan<float> from, int n, Span<float> to)
    {
        const int block = 32;
        for (var rows = 0; rows < n; rows += block)
        for (var columns = 0; columns < n; columns += block)
        for (var row = rows; row < Math.Min(n, rows + block); row++)
        for (var column = columns; column < Math.Min(n, columns + block); column++)
            to[(column * n) + row] = from[(row * n) + column];
    }

    // What a step makes of a singular value.
    private static double Grown(double value, double scale) =>
        scale * value * (3 - (scale * scale * value * value)) / 2;

    // Less than what rounding does: no direction is lost wholly, not even that of a row of zeros.
    private static void Disturb(float[] x, int n)
    {
        var random = new RandomSequence(0);
        var size = SmallestSingularValue / Math.Sqrt(n);
        for (var i = 0; i < x.Length; i++)
            x[i] += (float)(size * random.NextGaussian());
    }

    // ‖A‖₂² ≤ ‖A‖₁ ‖A‖∞, and ‖A‖₂ ≤ ‖A‖ of Frobenius. A hair more, for what rounding adds.
    private static double NormBound(float[] matrix, int n)
    {
        var columns = new double[n];
        double widest = 0,
            squares = 0;
        for (var row = 0; row < n; row++)
        {
            double sum = 0;
            for (var column = 0; column < n; column++)
            {
                double value = Math.Abs(matrix[(row * n) + column]);
                sum += value;
                columns[column] += value;
                squares += value * value;
            }
            widest = Math.Max(widest, sum);
        }
        return 1.001 * Math.Min(Math.Sqrt(squares), Math.Sqrt(widest * columns.Max()));
    }

    private sealed class Step(int n, int threads) : IDisposable
    {
        private readonly float[] transposed = new float[n * n];
        private readonly float[] product = new float[n * n];
        private readonly PackedRows packed = new(n, n);

        /// <summary>One step.</summary>
        /// <returns>How far XXᵀ was from the identity before it: the root of the sum of squares.</returns>
        public double Apply(float[] x, double scale)
        {
            packed.Pack(x);
            MatrixProduct.Multiply(x, packed, product, threads);
            var deviation = Combine(scale);
            Transpose(x, n, transposed);
            packed.Pack(transposed);
            MatrixProduct.Multiply(product, packed, x, threads);
            return deviation;
        }

        // XXᵀ becomes ρ(3I − ρ²XXᵀ)/2.
        private double Combine(double scale)
        {
            double sum = 0;
            var of = (float)(-scale * scale * scale / 2);
            for (var i = 0; i < n; i++)
            {
                var row = product.AsSpan(i * n, n);
                row[i] -= 1;
                sum += Kernels.Dot(row, row);
                row[i] += 1;
                Kernels.Scale(row, of);
                row[i] += (float)(1.5 * scale);
            }
            return Math.Sqrt(sum);
        }

        public void Dispose() => packed.Dispose();
    }
}
