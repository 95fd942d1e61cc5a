using Microsoft.Extensions.Time.Testing;
using VectorQuantization.Neighbours;
using VectorQuantization.Search;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class SearchTimingTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Percentiles_and_rates_are_those_of_the_clock()
    {
        // Query q takes q + 1 milliseconds when asked alone, all of them together 50.
        var index = new SlowIndex(clock, query => query + 1, TimeSpan.FromMilliseconds(50));

        var times = Measure(index, new TimingPlan(3, 100, TimeSpan.FromHours(1)));

        Assert.Equal((3, 100, 3), (times.SingleRepeats, times.SingleQueries, times.BulkRepeats));
        Assert.Equal(0.050, times.P50, 6);
        Assert.Equal(0.095, times.P95, 6);
        Assert.Equal(0.099, times.P99, 6);
        Assert.Equal(100 / 5.050, times.SinglePerSecond, 6);
        Assert.Equal(100 / 5.050, times.SingleBestPerSecond, 6);
        Assert.Equal(2000, times.BulkPerSecond, 6);
        Assert.Equal(100, times.Found.Queries);
    }

    [Fact]
    public void A_slow_search_is_timed_once_and_with_fewer_queries()
    {
        var index = new SlowIndex(clock, _ => 1000, TimeSpan.FromSeconds(100));

        var times = Measure(index, new TimingPlan(5, 100, TimeSpan.FromSeconds(10)));

        Assert.Equal((1, 10, 1), (times.SingleRepeats, times.SingleQueries, times.BulkRepeats));
        Assert.Equal(1, times.SinglePerSecond, 6);
    }

    private SearchTimes Measure(SlowIndex index, TimingPlan plan) =>
        SearchTiming.Measure(
            index,
            Enumerable.Range(0, 100).Select(query => (float)query).ToArray(),
            1,
            2,
            plan,
            clock,
            TestContext.Current.CancellationToken
        );

    private sealed class SlowIndex(FakeTimeProvider clock, Func<int, double> milliseconds, TimeSpan bulk) : SearchIndex
    {
        public override int Dimension => 1;

        public override long Count => 1;

        public override long RowBytes => 0;

        public override Searcher CreateSearcher() => new SlowSearcher(clock, milliseconds);

        public override NeighbourTable Search(
            ReadOnlyMemory<float> queries,
            int k,
            int threads,
            CancellationToken stop = default
        )
        {
            clock.Advance(bulk);
            return new NeighbourTable(k, new long[queries.Length * k], new float[queries.Length * k]);
        }
    }

    private sealed class SlowSearcher(FakeTimeProvider clock, Func<int, double> milliseconds) : Searcher
    {
        public override void Search(ReadOnlySpan<float> queries, int k, Span<float> distances, Span<long> ids) =>
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds((int)queries[0])));
    }
}
