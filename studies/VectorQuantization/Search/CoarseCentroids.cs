using VectorQuantization.Clustering;
using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>The centroids of inverted lists. Rows go to the nearest one in the sense of L2, whatever the metric: that makes residuals small.</summary>
/// <param name="centroids">Row-major; kept, not copied.</param>
/// <param name="dimension">Coordinates.</param>
public sealed class CoarseCentroids(float[] centroids, int dimension) : IDisposable
{
    private readonly CentroidTable table = CentroidTable.Of(centroids, dimension);

    /// <summary>Coordinates.</summary>
    public int Dimension => dimension;

    /// <summary>How many.</summary>
    public int Count => centroids.Length / dimension;

    /// <summary>All centroids, row-major.</summary>
    public ReadOnlySpan<float> Values => centroids;

    /// <summary>One centroid.</summary>
    public ReadOnlySpan<float> this[int list] => centroids.AsSpan(list * dimension, dimension);

    /// <summary>The nearest centroid of each row, ties to the lower number.</summary>
    public void Nearest(ReadOnlySpan<float> rows, Span<int> lists) => table.Nearest(rows, dimension, lists);

    /// <summary>Takes from each row its centroid.</summary>
    public void Subtract(Span<float> rows, ReadOnlySpan<int> lists)
    {
        for (var row = 0; row < lists.Length; row++)
            Kernels.Subtract(rows.Slice(row * dimension, dimension), this[lists[row]]);
    }

    /// <summary>The centroids that are nearest to a query, nearest first.</summary>
    /// <param name="query">One row.</param>
    /// <param name="metric">Squared L2, or minus the inner product.</param>
    /// <param name="all">Room for the distances to all; overwritten.</param>
    /// <param name="distances">As many as are wanted; overwritten.</param>
    /// <param name="lists">As many; overwritten.</param>
    public void Probe(
        ReadOnlySpan<float> query,
        Metric metric,
        Span<float> all,
        Span<float> distances,
        Span<long> lists
    )
    {
        for (var list = 0; list < Count; list++)
            all[list] =
                metric == Metric.L2 ? Kernels.SquaredDistance(query, this[list]) : -Kernels.Dot(query, this[list]);
        var heap = new NearestHeap(distances, lists);
        DistanceFilter.Offer(all[..Count], 0, heap);
        heap.Finish();
    }

    /// <inheritdoc />
    public void Dispose() => table.Dispose();
}
