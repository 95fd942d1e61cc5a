namespace VectorQuantization.Clustering;

/// <summary>How k-means works.</summary>
/// <param name="Centroids">How many, at least 1.</param>
/// <param name="Iterations">Of Lloyd's, at most; it ends when no row changes its centroid.</param>
/// <param name="Restarts">How often it is tried from other starting points, at least 1; the least error counts.</param>
/// <param name="RowsPerCentroid">Of more rows than this for each centroid, a sample is drawn.</param>
public sealed record KMeansSettings(int Centroids, int Iterations = 25, int Restarts = 1, int RowsPerCentroid = 256)
{
    /// <summary>With fewer rows a centroid than this, they learn the sample rather than what it was drawn from (FAISS warns from here on, too).</summary>
    public const int FewRowsPerCentroid = 39;

    /// <summary>As many as make 65,536 rows, and at least 256 (which FAISS takes always): few centroids cost little, and learn more from more rows.</summary>
    public static int DefaultRowsPerCentroid(int centroids) => Math.Max(256, 65_536 / centroids);

    /// <summary>The most rows that are learnt from.</summary>
    public long MostRows => (long)Centroids * RowsPerCentroid;
}
