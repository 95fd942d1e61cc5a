namespace VectorQuantization.Neighbours;

/// <summary>The k nearest base rows of some queries, nearest first, ties to the lower id.</summary>
/// <param name="k">Neighbours a query.</param>
/// <param name="ids">0-based rows of the base, row-major, k a query; −1 where there were fewer than k.</param>
/// <param name="distances">As <see cref="Vectors.Metric"/> says (smaller is nearer), beside <paramref name="ids"/>; +∞ where the id is −1.</param>
public sealed class NeighbourTable(int k, long[] ids, float[] distances)
{
    /// <summary>Neighbours a query.</summary>
    public int K { get; } = k;

    /// <summary>How many queries.</summary>
    public int Queries => ids.Length / K;

    /// <summary>All ids, row-major.</summary>
    public ReadOnlySpan<long> Ids => ids;

    /// <summary>All distances, row-major.</summary>
    public ReadOnlySpan<float> Distances => distances;

    /// <summary>The neighbours of one query.</summary>
    public ReadOnlySpan<long> IdsOf(int query) => ids.AsSpan(query * K, K);

    /// <summary>Their distances.</summary>
    public ReadOnlySpan<float> DistancesOf(int query) => distances.AsSpan(query * K, K);
}
