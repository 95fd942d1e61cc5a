using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>What ground truth is asked for.</summary>
/// <param name="Base">What is searched, as it is stored.</param>
/// <param name="Queries">What is searched for, as it is stored.</param>
/// <param name="Metric">What near means.</param>
/// <param name="K">Neighbours a query.</param>
public sealed record GroundTruthRequest(VectorSet Base, VectorSet Queries, Metric Metric, int K)
{
    /// <summary>Which row of the base each query is; null when they are no rows of it.</summary>
    public IReadOnlyList<long>? QueryIds { get; init; }

    /// <summary>Whether each query is left out of its own answer; needs <see cref="QueryIds"/>.</summary>
    public bool SelfExcluded { get; init; }

    /// <summary>Which part of the base.</summary>
    public Shard BaseShard { get; init; } = Shard.Whole;

    /// <summary>Which part of the queries.</summary>
    public Shard QueryShard { get; init; } = Shard.Whole;

    /// <summary>The rows of the base to be searched: whole blocks of <see cref="Fingerprint"/>.</summary>
    public (long First, long End) BaseRange
    {
        get
        {
            var (first, end) = BaseShard.Of(BaseBlocks);
            return (first * Fingerprint.BlockRows, Math.Min(Base.Count, end * Fingerprint.BlockRows));
        }
    }

    /// <summary>The queries to be answered.</summary>
    public (long First, long End) QueryRange => QueryShard.Of(Queries.Count);

    private long BaseBlocks => (Base.Count + Fingerprint.BlockRows - 1) / Fingerprint.BlockRows;

    /// <summary>Refuses what can't be done.</summary>
    /// <exception cref="BadInputException">All that is wrong with it.</exception>
    public void Check()
    {
        var problems = new ProblemList();
        problems.Require(
            Base.Dimension == Queries.Dimension,
            $"'{Queries.Origin}' has {Queries.Dimension} dimensions, but the base '{Base.Origin}' has {Base.Dimension}. "
                + "Queries and base have to come from the same space."
        );
        problems.Require(Queries.Count > 0, $"'{Queries.Origin}' has no rows: there is nothing to search for.");
        var most = Base.Count - (SelfExcluded ? 1 : 0);
        problems.Require(K >= 1, $"'--k' is {K}; at least 1 neighbour has to be asked for.");
        problems.Require(
            K <= most,
            $"'{Base.Origin}' has {Base.Count} rows: no query has {K} neighbours there. Ask for '--k {most}' at most."
        );
        problems.Require(
            !SelfExcluded || QueryIds is not null,
            "'--self exclude' is for queries that are rows of the base: these come from elsewhere. Leave it out."
        );
        problems.Require(
            BaseShard.Count <= BaseBlocks,
            $"'{Base.Origin}' has {Base.Count} rows, cut in blocks of {Fingerprint.BlockRows}: at most {BaseBlocks} shards, not {BaseShard.Count}."
        );
        problems.Require(
            QueryShard.Count <= Queries.Count,
            $"'{Queries.Origin}' has {Queries.Count} queries: at most as many shards, not {QueryShard.Count}."
        );
        problems.ThrowIfAny();
    }
}
