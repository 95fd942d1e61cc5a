namespace VectorQuantization.Neighbours;

/// <summary>The numbers of a <see cref="GroundTruth"/>.</summary>
public sealed record GroundTruthSections
{
    /// <summary>Rows of the whole base, k a query, nearest first, ties to the lower row; −1 where a shard has fewer than k.</summary>
    public required long[] Ids { get; init; }

    /// <summary>
    /// As <see cref="Vectors.Metric"/> means them, beside <see cref="Ids"/>; +∞ where that is −1. In double precision: in single precision, squared
    /// distances of pixels are tied that are not, and shards could not be merged into the right order.
    /// </summary>
    public required double[] Distances { get; init; }

    /// <summary>A hash of each query: <see cref="Vectors.Fingerprint.Rows"/>.</summary>
    public required ulong[] QueryHashes { get; init; }

    /// <summary>Which row of the base each query is; empty when they are no rows of it.</summary>
    public long[] QueryIds { get; init; } = [];

    /// <summary>Hashes of the shard's blocks of the base (<see cref="Vectors.Fingerprint.Blocks"/>); empty when it is no shard of it.</summary>
    public byte[] BaseBlocks { get; init; } = [];
}
