using VectorQuantization.Neighbours;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Measures;

/// <summary>What a search found, held against the true neighbours: recalls and orders.</summary>
/// <remarks>
/// Aware of ties: a row that was found counts by its exact distance, compared in single precision, not by its number; whether
/// one or the other of two equally near rows is found makes no difference. Only <see cref="RankDistortionAt"/> goes by numbers.
/// </remarks>
public sealed class Retrieval
{
    private readonly NeighbourTable truth;
    private readonly NeighbourTable found;
    private readonly Metric metric;
    private readonly float[] exact;

    private Retrieval(NeighbourTable truth, NeighbourTable found, Metric metric, float[] exact) =>
        (this.truth, this.found, this.metric, this.exact) = (truth, found, metric, exact);

    /// <summary>Looks up, or computes, the exact distance of every row that was found.</summary>
    /// <param name="truth">The true neighbours, of as many queries or more (the first are taken).</param>
    /// <param name="found">What was found; id −1 is nothing.</param>
    /// <param name="rows">The base, in which ids are row numbers.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="stop">Ends it early.</param>
    public static Retrieval Of(
        NeighbourTable truth,
        NeighbourTable found,
        VectorSet rows,
        VectorSet queries,
        Metric metric,
        int threads,
        CancellationToken stop = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(truth.Queries, found.Queries);
        if (metric == Metric.Cosine)
            (rows, queries) = (UnitVectors.Stored(rows), UnitVectors.Stored(queries));
        var exact = new float[found.Ids.Length];
        RowBlocks.ForEach(
            found.Queries,
            16,
            threads,
            (_, first, count) =>
            {
                var query = new float[queries.Dimension];
                var row = new float[rows.Dimension];
                for (var i = (int)first; i < first + count; i++)
                {
                    queries.Read(i, query);
                    Distances(truth, found, i, exact.AsSpan(i * found.K, found.K), Compute);
                }

                float Compute(long id)
                {
                    rows.Read(id, row);
                    return (float)ExactDistance.Between(metric, query, row);
                }
            },
            stop
        );
        return new Retrieval(truth, found, metric, exact);
    }

    /// <summary>R@k, as the literature on codes has it: the share of queries whose nearest row is among the first k found.</summary>
    /// <param name="k">1 to the k of what was found.</param>
    public double RecallAt(int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, found.K);
        return Mean(query =>
        {
            var nearest = truth.DistancesOf(query)[0];
            return ExactOf(query)[..k].ContainsAnyInRange(float.NegativeInfinity, nearest) ? 1 : 0;
        });
    }

    /// <summary>The share of the first k found that are as near as the true k nearest.</summary>
    /// <param name="k">1 to the smaller k of truth and search.</param>
    /// <param name="epsilon">
    /// How much farther than the k-th true distance still counts: 10⁻³ is ann-benchmarks' rule. Under L2 it is added to the root.
    /// </param>
    public double IntersectionAt(int k, double epsilon = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Math.Min(found.K, truth.K));
        return Mean(query =>
        {
            var limit = Widened(truth.DistancesOf(query)[k - 1], epsilon);
            var near = 0;
            foreach (var distance in ExactOf(query)[..k])
                near += distance <= limit ? 1 : 0;
            return (double)near / k;
        });
    }

    /// <summary>|T \ R| / k of the true (T) and the found (R) first k row numbers, as vq-benchmark's original defined it: no order is in it.</summary>
    /// <param name="k">1 to the smaller k of truth and search.</param>
    public double RankDistortionAt(int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Math.Min(found.K, truth.K));
        return Mean(query =>
        {
            var there = new HashSet<long>(k);
            foreach (var id in found.IdsOf(query)[..k])
                there.Add(id);
            var missing = 0;
            foreach (var id in truth.IdsOf(query)[..k])
                missing += there.Contains(id) ? 0 : 1;
            return (double)missing / k;
        });
    }

    /// <summary>
    /// Kendall's τ-b between the order in which the first k were found and the order of their exact distances; mean over the
    /// queries for which it is defined, NaN if there are none.
    /// </summary>
    /// <param name="k">2 to the k of what was found.</param>
    public double KendallTauAt(int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, found.K);
        var sum = 0.0;
        var defined = 0;
        for (var query = 0; query < found.Queries; query++)
        {
            var present = Math.Min(k, Present(query));
            var tau = KendallTau.Of(Wide(found.DistancesOf(query)[..present]), Wide(ExactOf(query)[..present]));
            if (double.IsNaN(tau))
                continue;
            sum += tau;
            defined++;
        }
        return sum / defined;
    }

    private static void Distances(
        NeighbourTable truth,
        NeighbourTable found,
        int query,
        Span<float> exact,
        Func<long, float> compute
    )
    {
        var known = new Dictionary<long, float>(truth.K);
        for (var i = 0; i < truth.K; i++)
            known[truth.IdsOf(query)[i]] = truth.DistancesOf(query)[i];
        var ids = found.IdsOf(query);
        for (var i = 0; i < exact.Length; i++)
            exact[i] =
                ids[i] < 0 ? float.PositiveInfinity
                : known.TryGetValue(ids[i], out var distance) ? distance
                : compute(ids[i]);
    }

    private ReadOnlySpan<float> ExactOf(int query) => exact.AsSpan(query * found.K, found.K);

    private int Present(int query)
    {
        var absent = found.IdsOf(query).IndexOf(-1);
        return absent < 0 ? found.K : absent;
    }

    private double Widened(float distance, double epsilon)
    {
        if (epsilon == 0)
            return distance;
        if (metric != Metric.L2)
            return distance + epsilon;
        var root = Math.Sqrt(distance) + epsilon;
        return root * root;
    }

    private double Mean(Func<int, double> of)
    {
        var sum = 0.0;
        for (var query = 0; query < found.Queries; query++)
            sum += of(query);
        return sum / found.Queries;
    }

    private static double[] Wide(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return wide;
    }
}
