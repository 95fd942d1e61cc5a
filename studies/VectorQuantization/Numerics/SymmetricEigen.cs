namespace VectorQuantization.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix, in double precision.</summary>
/// <remarks>
/// Householder reflections to tridiagonal form, then QL with implicit shifts (EISPACK's tred2 and imtql2: B. Smith and others,
/// 1976), with the rotations of QL noted down and applied afterwards to a few columns at a time, which stay in the cache.
/// The same bits for any number of threads.
/// </remarks>
public sealed class SymmetricEigen
{
    private SymmetricEigen(double[] values, double[][] vectors) => (Values, Vectors) = (values, vectors);

    /// <summary>Descending.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The eigenvector of each value, of length 1; its coordinate of largest size is positive.</summary>
    public IReadOnlyList<double[]> Vectors { get; }

    /// <summary>Decomposes <paramref name="matrix"/>.</summary>
    /// <param name="matrix">Rows of a symmetric matrix; only what stands on and right of the diagonal is read. Overwritten.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="ArithmeticException">It holds NaN or infinities.</exception>
    public static SymmetricEigen Of(double[][] matrix, int threads = 1, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var tridiagonal = new HouseholderReduction(matrix, stop);
        var vectors = tridiagonal.Basis(threads, stop);
        var (values, sweeps) = TridiagonalQl.Diagonalise(tridiagonal.Diagonal, tridiagonal.BesideDiagonal, stop);
        sweeps.ApplyTo(vectors, threads, stop);
        var order = Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).ToArray();
        foreach (var vector in vectors)
            PointUp(vector);
        return new([.. order.Select(i => values[i])], [.. order.Select(i => vectors[i])]);
    }

    private static void PointUp(double[] vector)
    {
        var largest = 0.0;
        foreach (var x in vector)
            largest = Math.Abs(x) > Math.Abs(largest) ? x : largest;
        if (largest < 0)
            DoubleKernels.Scale(vector, -1);
    }
}
