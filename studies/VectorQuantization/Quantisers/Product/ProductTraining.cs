using VectorQuantization.Clustering;
using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Product;

/// <summary>k-means on each part of the rows.</summary>
internal static class ProductTraining
{
    /// <summary>Learns the codebooks.</summary>
    /// <param name="rows">Centred.</param>
    /// <param name="m">Parts of a row.</param>
    /// <param name="settings">For each part.</param>
    /// <param name="random">Part i draws from the i-th fork.</param>
    /// <param name="with">Threads go to the parts first; those that are left over, into them.</param>
    public static ProductQuantiser Train(
        RowTiles rows,
        int m,
        KMeansSettings settings,
        RandomSequence random,
        Training with
    )
    {
        var dimension = rows.Dimension / m;
        var codebooks = new float[rows.Dimension * settings.Centroids];
        var inner = Math.Max(1, (with.Threads + m - 1) / m);
        RowBlocks.ForEach(
            m,
            1,
            (with.Threads + inner - 1) / inner,
            (part, _, _) =>
                KMeans
                    .Train(
                        new TileSlice(rows, part * dimension, dimension),
                        settings,
                        random.Fork((ulong)part),
                        inner,
                        with.Stop
                    )
                    .Centroids.CopyTo(codebooks.AsSpan(part * dimension * settings.Centroids)),
            with.Stop
        );
        return new ProductQuantiser(rows.Dimension, m, int.Log2(settings.Centroids), codebooks);
    }
}
