using VectorQuantization.Neighbours;

namespace VectorQuantization.Search;

/// <summary>Times real searches: what is timed is what finds the neighbours that recall is computed of.</summary>
public static class SearchTiming
{
    private const int WarmUpQueries = 20;

    /// <summary>Asks query by query on one thread, then all queries at once on all threads.</summary>
    /// <param name="index">What to ask.</param>
    /// <param name="queries">Row-major, at least one.</param>
    /// <param name="k">Neighbours a query.</param>
    /// <param name="threads">Threads of the search in bulk.</param>
    /// <param name="plan">How often.</param>
    /// <param name="clock">The stopwatch.</param>
    /// <param name="stop">Ends with <see cref="OperationCanceledException"/>.</param>
    public static SearchTimes Measure(
        SearchIndex index,
        ReadOnlyMemory<float> queries,
        int k,
        int threads,
        TimingPlan plan,
        TimeProvider clock,
        CancellationToken stop = default
    )
    {
        var single = OneByOne(index, queries, k, plan, clock, stop);
        var (found, bulk) = AtOnce(index, queries, k, threads, plan, clock, stop);
        return new SearchTimes(
            found,
            threads,
            single[0].Length,
            single.Count,
            MedianOf(single, repeat => Percentile(repeat, 0.50)),
            MedianOf(single, repeat => Percentile(repeat, 0.95)),
            MedianOf(single, repeat => Percentile(repeat, 0.99)),
            MedianOf(single, PerSecond),
            single.Max(PerSecond),
            bulk.Count,
            MedianOf(bulk, seconds => found.Queries / seconds),
            found.Queries / bulk.Min()
        );
    }

    // Each repeat's seconds a query, ascending.
    private static List<double[]> OneByOne(
        SearchIndex index,
        ReadOnlyMemory<float> queries,
        int k,
        TimingPlan plan,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var searcher = index.CreateSearcher();
        var d = index.Dimension;
        var all = Math.Min(plan.SingleQueries, queries.Length / d);
        var distances = new float[k];
        var ids = new long[k];
        double SecondsOf(int query)
        {
            stop.ThrowIfCancellationRequested();
            var start = clock.GetTimestamp();
            searcher.Search(queries.Span.Slice(query * d, d), k, distances, ids);
            return clock.GetElapsedTime(start).TotalSeconds;
        }

        var begin = clock.GetTimestamp();
        for (
            var query = 0;
            query < Math.Min(WarmUpQueries, all) && clock.GetElapsedTime(begin) < plan.Budget / 10;
            query++
        )
            SecondsOf(query);
        begin = clock.GetTimestamp();
        var repeats = new List<double[]>();
        while (repeats.Count == 0 || (repeats.Count < plan.Repeats && clock.GetElapsedTime(begin) < plan.Budget))
        {
            // Where one repeat alone is too long, it ends with fewer queries, and so do those that follow.
            var seconds = new List<double>();
            while (
                seconds.Count < all
                && (repeats.Count > 0 || seconds.Count == 0 || clock.GetElapsedTime(begin) < plan.Budget)
            )
                seconds.Add(SecondsOf(seconds.Count));
            all = seconds.Count;
            seconds.Sort();
            repeats.Add([.. seconds]);
        }
        return repeats;
    }

    private static (NeighbourTable Found, List<double> Seconds) AtOnce(
        SearchIndex index,
        ReadOnlyMemory<float> queries,
        int k,
        int threads,
        TimingPlan plan,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var begin = clock.GetTimestamp();
        var seconds = new List<double>();
        NeighbourTable? found = null;
        while (seconds.Count == 0 || (seconds.Count < plan.Repeats && clock.GetElapsedTime(begin) < plan.Budget))
        {
            var start = clock.GetTimestamp();
            found = index.Search(queries, k, threads, stop);
            seconds.Add(clock.GetElapsedTime(start).TotalSeconds);
        }
        return (found!, seconds);
    }

    private static double PerSecond(double[] repeat) => repeat.Length / repeat.Sum();

    private static double MedianOf<T>(List<T> repeats, Func<T, double> value)
    {
        double[] sorted = [.. repeats.Select(value).Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    // The smallest value that at least this share of the values doesn't exceed ("nearest rank").
    private static double Percentile(double[] sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
