using VectorQuantization.Numerics;

namespace VectorQuantization.Vectors;

/// <summary>Where rows vary most: the mean, and orthogonal axes in descending order of the variance along them.</summary>
/// <param name="Mean">The mean row.</param>
/// <param name="Variances">The variance along each axis, descending, never negative (Σ (x − mean)² / rows).</param>
/// <param name="Axes">The axes, row-major; a row x has the coordinates Axes·(x − mean).</param>
public sealed record PrincipalComponents(float[] Mean, double[] Variances, float[] Axes)
{
    private const int BlockRows = 2048;

    /// <summary>Bytes that <see cref="Of"/> takes beside the rows.</summary>
    public static long Bytes(int dimension) =>
        ((long)dimension * dimension * ((3 * sizeof(double)) + (2 * sizeof(float))))
        + (3L * sizeof(float) * dimension * BlockRows);

    /// <summary>The components of all rows. The same bits for any number of threads.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the work.</param>
    public static PrincipalComponents Of(VectorSet rows, int threads, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var mean = rows.Mean(threads, stop);
        var eigen = SymmetricEigen.Of(Covariance(rows, mean, threads, stop), threads, stop);
        var d = rows.Dimension;
        var axes = new float[d * d];
        for (var i = 0; i < axes.Length; i++)
            axes[i] = (float)eigen.Vectors[i / d][i % d];
        return new(mean, [.. eigen.Values.Select(value => Math.Max(0, value))], axes);
    }

    /// <summary>Σ (x − mean)(x − mean)ᵀ / rows, in single precision within a block of rows, in double over blocks.</summary>
    private static double[][] Covariance(VectorSet rows, float[] mean, int threads, CancellationToken stop)
    {
        var d = rows.Dimension;
        var sums = new double[d][];
        for (var i = 0; i < d; i++)
            sums[i] = new double[d];
        var block = new float[Math.Min(BlockRows, rows.Count) * d];
        var columns = new float[block.Length];
        var products = new float[d * d];
        for (long first = 0; first < rows.Count; first += BlockRows)
        {
            stop.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BlockRows, rows.Count - first);
            rows.Read(first, block.AsSpan(0, count * d));
            RowBlocks.ForEach(
                d,
                16,
                threads,
                (_, from, width) => Transpose(block, mean, (int)from, width, count, columns),
                stop
            );
            var height = columns.AsMemory(0, count * d);
            using var packed = PackedRows.Of(height.Span, count);
            MatrixProduct.Multiply(height, packed, products, threads);
            RowBlocks.ForEach(d, 64, threads, (_, from, height) => Add(products, sums, (int)from, height), stop);
        }
        foreach (var row in sums)
            DoubleKernels.Scale(row, 1.0 / rows.Count);
        return sums;
    }

    private static void Transpose(float[] block, float[] mean, int first, int width, int count, float[] columns)
    {
        var d = mean.Length;
        for (var row = 0; row < count; row++)
        for (var i = first; i < first + width; i++)
            columns[(i * count) + row] = block[(row * d) + i] - mean[i];
    }

    private static void Add(float[] products, double[][] sums, int first, int count)
    {
        for (var row = first; row < first + count; row++)
        {
            var from = products.AsSpan(row * sums.Length, sums.Length);
            for (var i = 0; i < from.Length; i++)
                sums[row][i] += from[i];
        }
    }
}
