using VectorQuantization.Search;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class FlatScanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly RoundingQuantiser Rounding = new(7);

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    public void A_scan_finds_what_brute_force_over_the_decoded_rows_finds_ties_included(Metric metric)
    {
        var codes = CodeSet.Encode(Rounding, SomeRows.Whole(3000, 7, 3, seed: 1), threads: 2, Stop);
        var queries = SomeRows.Whole(20, 7, 3, seed: 2);

        var found = new FlatScan(Rounding, codes, metric).Search(queries.ToArray(), 50, threads: 2, Stop);

        var decoded = new DecodedVectors(Rounding, codes, "decoded");
        for (var query = 0; query < 20; query++)
            Assert.Equal(
                SomeRows.Nearest(decoded, queries.Values.Slice(query * 7, 7), 50, metric),
                found.IdsOf(query).ToArray()
            );
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    [InlineData(40, 3)]
    public void The_number_of_threads_changes_nothing(int queryCount, int threads)
    {
        var codes = CodeSet.Encode(Rounding, SomeRows.Whole(70_000, 7, 3, seed: 1), threads: 2, Stop);
        var queries = SomeRows.Whole(queryCount, 7, 3, seed: 2).ToArray();
        var scan = new FlatScan(Rounding, codes, Metric.L2);

        var alone = scan.Search(queries, 30, threads: 1, Stop);
        var together = scan.Search(queries, 30, threads, Stop);

        Assert.Equal(alone.Ids, together.Ids);
        Assert.Equal(alone.Distances, together.Distances);
    }

    [Fact]
    public void More_neighbours_than_rows_leave_room_marked()
    {
        var codes = CodeSet.Encode(Rounding, SomeRows.Whole(3, 7, 3, seed: 1), threads: 1, Stop);

        var found = new FlatScan(Rounding, codes, Metric.L2).Search(new float[7], 5, threads: 1, Stop);

        Assert.Equal([0L, 1, 2], found.IdsOf(0)[..3].ToArray().Order());
        Assert.Equal([-1L, -1], found.IdsOf(0)[3..]);
        Assert.Equal([float.PositiveInfinity, float.PositiveInfinity], found.DistancesOf(0)[3..]);
    }

    [Fact]
    public void Queries_of_another_dimension_are_refused()
    {
        var scan = new FlatScan(Rounding, new CodeSet(7, 1), Metric.L2);

        Assert.Throws<ArgumentException>(() => scan.Search(new float[8], 1, threads: 1, Stop));
    }
}
