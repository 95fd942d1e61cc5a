using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>The true neighbours of some queries, with all that is needed to tell whose they are.</summary>
/// <param name="path">Where it is kept, for messages.</param>
/// <param name="header">What it is the truth of.</param>
/// <param name="sections">Its numbers.</param>
public sealed class DescribedTruth(string path, GroundTruthHeader header, GroundTruthSections sections)
    : GroundTruth(path)
{
    /// <summary>What it is the truth of.</summary>
    public GroundTruthHeader Header => header;

    /// <summary>Its numbers.</summary>
    public GroundTruthSections Sections => sections;

    /// <summary>Neighbours a query.</summary>
    public int K => header.K;

    /// <summary>How many queries.</summary>
    public int Queries => sections.Ids.Length / header.K;

    /// <summary>The first neighbours of the first queries.</summary>
    /// <param name="queries">At most <see cref="Queries"/>.</param>
    /// <param name="k">At most <see cref="K"/>.</param>
    public NeighbourTable Table(int queries, int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(queries, Queries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, K);
        var ids = new long[queries * k];
        var distances = new float[ids.Length];
        for (var query = 0; query < queries; query++)
        for (var i = 0; i < k; i++)
        {
            ids[(query * k) + i] = sections.Ids[(query * K) + i];
            distances[(query * k) + i] = (float)sections.Distances[(query * K) + i];
        }
        return new NeighbourTable(k, ids, distances);
    }

    /// <inheritdoc />
    public override NeighbourTable CheckFor(
        VectorSet rows,
        VectorSet queries,
        Metric metric,
        int k,
        int threads,
        bool selfExcluded = false
    )
    {
        var problems = new ProblemList();
        problems.Require(
            header.IsWhole,
            $"'{Path}' is a shard: base {header.Base.Range}, queries {header.Queries.Range}. "
                + "Put it together with the others by 'vq-benchmark precompute-gt merge'."
        );
        problems.Require(
            header.Metric == metric,
            $"'{Path}' was made for the metric {MetricNames.Of(header.Metric)}, not {MetricNames.Of(metric)}. "
                + $"Make it again with '--metric {MetricNames.Of(metric)}'."
        );
        problems.Require(
            header.K >= k,
            $"'{Path}' holds {header.K} neighbours a query, fewer than the {k} needed. Make it again with '--k {k}'."
        );
        problems.Require(
            header.SelfExcluded == selfExcluded,
            header.SelfExcluded
                ? $"'{Path}' leaves each query out of its own answer, but a search finds it. Make it again with '--self keep'."
                : $"'{Path}' has each query in its own answer, but the search leaves it out. Make it again with '--self exclude'."
        );
        CheckBase(problems, rows, threads);
        CheckQueries(problems, queries);
        problems.ThrowIfAny();
        return Table((int)queries.Count, k);
    }

    private void CheckBase(ProblemList problems, VectorSet rows, int threads)
    {
        if (rows.Count != header.Base.Count || rows.Dimension != header.Dimension)
            problems.Add(
                $"'{Path}' was made of a base of {header.Base.Count} rows of {header.Dimension} ('{header.Base.Name}'); "
                    + $"'{rows.Origin}' has {rows.Count} rows of {rows.Dimension} here. Make it again of these."
            );
        else if (
            header.Base.Fingerprint is { } expected
            && Fingerprint.Of(rows, threads) is var here
            && here != expected
        )
            problems.Add(
                $"'{Path}' was made of another base ('{header.Base.Name}') than '{rows.Origin}': fingerprint {expected}, not {here}. "
                    + "Make it again of this one."
            );
    }

    private void CheckQueries(ProblemList problems, VectorSet queries)
    {
        if (queries.Count > Queries)
        {
            problems.Add(
                $"'{Path}' answers {Queries} queries; '{queries.Origin}' has {queries.Count}. Make it again of these, or take fewer."
            );
            return;
        }
        var here = Fingerprint.Rows(queries);
        var same = here.AsSpan().CommonPrefixLength(sections.QueryHashes);
        problems.Require(
            same == here.Length,
            $"'{Path}' was made of other queries ('{header.Queries.Name}') than '{queries.Origin}': query {same} differs. "
                + "Make it again of these."
        );
    }
}
