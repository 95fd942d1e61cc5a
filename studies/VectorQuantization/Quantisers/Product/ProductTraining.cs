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
    /// <param name="with">Threads.</param>
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
        ForParts(
            m,
            with,
            (part, inner) =>
                KMeans
                    .Train(
                        new TileSlice(rows, part * dimension, dimension),
                        settings,
                        random.Fork((ulong)part),
                        inner,
                        with.Stop
                    )
                    .Centroids.CopyTo(codebooks.AsSpan(part * dimension * settings.Centroids))
        );
        return new ProductQuantiser(rows.Dimension, m, int.Log2(settings.Centroids), codebooks);
    }

    /// <summary>Works on all parts: threads go to the parts first, and those that are left over, into them.</summary>
    /// <param name="m">Parts.</param>
    /// <param name="with">Threads.</param>
    /// <param name="work">A part's number, and the threads that it may keep busy itself.</param>
    public static void ForParts(int m, Training with, Action<int, int> work)
    {
        var inner = (with.Threads + m - 1) / m;
        RowBlocks.ForEach(m, 1, (with.Threads + inner - 1) / inner, (part, _, _) => work(part, inner), with.Stop);
    }
}
