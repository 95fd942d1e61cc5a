using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>Another set's rows, each less its nearest centroid, found as it is read. Does not own that set.</summary>
internal sealed class ResidualVectors(VectorSet whole, CoarseCentroids centroids)
    : VectorSet(whole.Origin, whole.Count, whole.Dimension)
{
    /// <inheritdoc />
    public override ElementType Element => ElementType.Float32;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        var lists = new int[RowsAsked(first, rows)];
        whole.Read(first, rows);
        centroids.Nearest(rows, lists);
        centroids.Subtract(rows, lists);
    }
}
