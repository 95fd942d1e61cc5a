using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>For each query of a block, the base rows that may still be among its k nearest, in bounded space.</summary>
/// <remarks>Each query belongs to one thread at a time.</remarks>
internal sealed class CandidateLists(QueryBlock queries, VectorSet source, int k, int capacity) : IDisposable
{
    private readonly Candidate[] all = new Candidate[checked(queries.Count * capacity)];
    private readonly int[] counts = new int[queries.Count];
    private readonly ThreadLocal<double[]> bounds = new(() => new double[capacity]);
    private readonly ThreadLocal<float[]> row = new(() => new float[source.Dimension]);

    /// <summary>Candidates that a query may have at once.</summary>
    public int Capacity => capacity;

    /// <summary>Those of one query.</summary>
    public Span<Candidate> Of(int query) => all.AsSpan(query * capacity, counts[query]);

    /// <summary>Any candidate by its place: query · <see cref="Capacity"/> + number.</summary>
    public ref Candidate At(long place) => ref all[place];

    /// <summary>Takes a row in whose distance may be small enough.</summary>
    /// <param name="query">The query.</param>
    /// <param name="low">The bound that it passed.</param>
    /// <param name="n">Its N; see <see cref="Screening"/>.</param>
    /// <param name="number">Its row in the base.</param>
    public void Add(int query, float low, float n, long number)
    {
        if (queries.IsSelf(query, number))
            return;
        if (counts[query] == capacity)
            Prune(query);
        ref var candidate = ref all[(query * capacity) + counts[query]++];
        candidate.Row = number;
        (candidate.Low, candidate.High) = queries.Interval(query, low, n);
    }

    /// <summary>Drops whatever at least k others are surely nearer than, and lowers the query's limit to that.</summary>
    public void Prune(int query)
    {
        var list = Of(query);
        if (list.Length <= k)
            return;
        var limit = KthHigh(list);
        Keep(query, limit);
        if (counts[query] - k <= (capacity - k) / 2)
        {
            queries.SetLimit(query, limit);
            return;
        }
        Sharpen(query);
        Of(query).Sort(Candidate.Compare);
        counts[query] = Math.Min(k, counts[query]);
        queries.SetLimit(query, Of(query)[^1].High);
    }

    private void Sharpen(int query)
    {
        foreach (ref var candidate in Of(query))
        {
            if (candidate.IsExact)
                continue;
            source.Read(candidate.Row, row.Value!);
            candidate.Sharpen(queries.DistanceTo(query, row.Value!));
        }
    }

    private void Keep(int query, double limit)
    {
        var list = Of(query);
        var kept = 0;
        foreach (var candidate in list)
            if (candidate.Low <= limit)
                list[kept++] = candidate;
        counts[query] = kept;
    }

    private double KthHigh(Span<Candidate> list)
    {
        var high = bounds.Value!.AsSpan(0, list.Length);
        for (var i = 0; i < high.Length; i++)
            high[i] = list[i].High;
        return Selection.Smallest(high, k - 1);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bounds.Dispose();
        row.Dispose();
    }
}
