using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Σ y·xᵀ over all rows x and what their codes stand for, y: what the best rotation is found from.</summary>
/// <remarks>
/// Rows of the same index are added up first, and each sum is multiplied by its centroid once. Every sum is taken by one thread in
/// the order of rows.
/// </remarks>
internal static class CrossProducts
{
    // Sums of 256 clusters over so many columns (256 KiB) stay in the second-level cache.
    private const int Columns = 256;

    /// <summary>Sums up.</summary>
    /// <param name="rows">Row-major.</param>
    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="ids">For each part, one a row.</param>
    /// <param name="codebooks">The parts' centroids, one part after the other.</param>
    /// <param name="with">Threads.</param>
    /// <returns>dimension × dimension, row-major: y's coordinates down, x's across.</returns>
    public static float[] Of(float[] rows, int dimension, int[][] ids, float[] codebooks, Training with)
    {
        var products = new float[dimension * dimension];
        var ranges = RowBlocks.Count(dimension, Columns);
        var part = dimension / ids.Length;
        var codebook = codebooks.Length / ids.Length;
        RowBlocks.ForEach(
            (long)ids.Length * ranges,
            1,
            with.Threads,
            (item, _, _) =>
            {
                var i = item / ranges;
                var first = item % ranges * Columns;
                var width = Math.Min(Columns, dimension - first);
                var sums = Sums(rows, dimension, ids[i], codebook / part, first, width);
                Combine(
                    sums,
                    width,
                    codebooks.AsSpan(i * codebook, codebook),
                    part,
                    products.AsSpan((i * part * dimension) + first),
                    dimension
                );
            },
            with.Stop
        );
        return products;
    }

    private static float[] Sums(float[] rows, int dimension, int[] ids, int centroids, int first, int width)
    {
        var sums = new float[centroids * width];
        for (int row = 0, at = first; at < rows.Length; row++, at += dimension)
            Kernels.Add(sums.AsSpan(ids[row] * width, width), rows.AsSpan(at, width));
        return sums;
    }

    private static void Combine(
        float[] sums,
        int width,
        ReadOnlySpan<float> codebook,
        int part,
        Span<float> products,
        int stride
    )
    {
        for (var at = 0; at < codebook.Length; at++)
            Kernels.AddScaled(
                products.Slice(at % part * stride, width),
                sums.AsSpan(at / part * width, width),
                codebook[at]
            );
    }
}
