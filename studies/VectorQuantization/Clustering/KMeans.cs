using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Clustering;

/// <summary>k-means: k-means++ starts on a sample, Lloyd's iterations, empty clusters filled again.</summary>
/// <remarks>
/// The same seed gives the same centroids to the last bit whatever the number of threads: each sum is taken by one thread in the
/// order of rows. Sources: S. Lloyd, "Least squares quantization in PCM" (1982); D. Arthur, S. Vassilvitskii, "k-means++"
/// (2007).
/// </remarks>
public static class KMeans
{
    /// <summary>Clusters a set's rows, or a sample of them.</summary>
    /// <exception cref="BadInputException">There are fewer rows than centroids, or a row holds NaN or an infinity.</exception>
    public static KMeansResult Train(
        VectorSet rows,
        KMeansSettings settings,
        RandomSequence random,
        int threads,
        CancellationToken stop = default
    )
    {
        if (rows.Count < settings.Centroids)
            throw new BadInputException(
                $"'{rows.Origin}' has {rows.Count} rows, too few to find {settings.Centroids} centroids among them. Take more "
                    + "rows or ask for fewer centroids."
            );
        using var sample = SampledVectors.Draw(rows, settings.MostRows, random.Fork(0));
        using var tiles = RowTiles.Of(sample, threads, stop);
        tiles.Centre(threads);
        return Train(new TileSlice(tiles, 0, rows.Dimension), settings, random.Fork(1), threads, stop);
    }

    /// <summary>Clusters centred rows.</summary>
    /// <param name="rows">At least as many as centroids; the centroids found have their mean added again.</param>
    /// <param name="settings">No sample is drawn here.</param>
    /// <param name="random">Where the starts come from.</param>
    /// <param name="threads">To keep busy.</param>
    /// <param name="stop">Looked at between iterations.</param>
    public static KMeansResult Train(
        TileSlice rows,
        KMeansSettings settings,
        RandomSequence random,
        int threads,
        CancellationToken stop = default
    )
    {
        using var lloyd = new Lloyd(rows, settings.Centroids, threads);
        KMeansResult? best = null;
        for (var restart = 0; restart < Math.Max(1, settings.Restarts); restart++)
        {
            var stream = random.Fork((ulong)restart);
            var centroids = Seeding.Choose(rows, settings.Centroids, stream);
            var (error, iterations) = lloyd.Run(centroids, settings.Iterations, stream, stop);
            if (best is null || error < best.Error)
                best = new KMeansResult(
                    centroids,
                    error,
                    iterations,
                    rows.Rows,
                    rows.Rows < (long)KMeansSettings.FewRowsPerCentroid * settings.Centroids
                );
        }
        AddMean(best!.Centroids, rows.Mean);
        return best;
    }

    private static void AddMean(Span<float> centroids, ReadOnlySpan<float> mean)
    {
        for (var at = 0; at < centroids.Length && !mean.IsEmpty; at += mean.Length)
            Kernels.Add(centroids.Slice(at, mean.Length), mean);
    }
}
