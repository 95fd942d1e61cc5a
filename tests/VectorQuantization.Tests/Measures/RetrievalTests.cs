using VectorQuantization.Measures;
using VectorQuantization.Neighbours;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Measures;

public sealed class RetrievalTests
{
    // On a line, the query at 0: rows 1 and 2 are equally near, and so are 3 and 4.
    private static readonly MemoryVectors Rows = new("base", [9, 1, -1, 2, -2, 3], 1);
    private static readonly MemoryVectors Query = new("queries", [0], 1);
    private static readonly NeighbourTable Truth = ExactSearch.Find(
        Rows,
        Query,
        Metric.L2,
        3,
        1,
        CancellationToken.None
    );

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, 1, 1, 1, 0)]
    [InlineData(new long[] { 2, 1, 4 }, 1, 1, 1, 1.0 / 3)] // others, as near
    [InlineData(new long[] { 0, 5, 3 }, 0, 0, 1.0 / 3, 2.0 / 3)]
    [InlineData(new long[] { 0, 2, 5 }, 0, 1, 1.0 / 3, 2.0 / 3)]
    [InlineData(new long[] { -1, -1, -1 }, 0, 0, 0, 1)]
    public void Rows_as_near_as_the_true_ones_count(
        long[] found,
        double first,
        double amongThree,
        double share,
        double missing
    )
    {
        var retrieval = Of(found);

        Assert.Equal(first, retrieval.RecallAt(1));
        Assert.Equal(amongThree, retrieval.RecallAt(3));
        Assert.Equal(share, retrieval.IntersectionAt(3), 12);
        Assert.Equal(missing, retrieval.RankDistortionAt(3), 12);
    }

    [Fact]
    public void An_epsilon_forgives_what_is_farther_by_no_more_than_that() // under L2 in lengths: 3 ≤ 2 + 1
    {
        Assert.Equal(2.0 / 3, Of([5, 3, 0]).IntersectionAt(3, 1), 12);
        Assert.Equal(1.0 / 3, Of([5, 3, 0]).IntersectionAt(3, 0.9), 12);
    }

    [Fact]
    public void All_rows_found_are_all_neighbours_found()
    {
        var all = ExactSearch.Find(Rows, Query, Metric.L2, 6, 1, TestContext.Current.CancellationToken);
        var retrieval = Of([5, 4, 3, 2, 1, 0], all);

        Assert.Equal(1, retrieval.IntersectionAt(6));
        Assert.Equal(1, retrieval.RecallAt(6));
        Assert.Equal(0, retrieval.RankDistortionAt(6));
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 5 }, 1)]
    [InlineData(new long[] { 5, 3, 1 }, -1)]
    [InlineData(new long[] { 3, 5, -1 }, 1)]
    [InlineData(new long[] { 1, 2, -1 }, double.NaN)]
    public void Kendalls_tau_compares_the_order_found_with_that_of_exact_distances(long[] found, double tau) =>
        Assert.Equal(tau, Of(found).KendallTauAt(3), 12);

    private static Retrieval Of(long[] found, NeighbourTable? truth = null) =>
        Retrieval.Of(
            truth ?? Truth,
            new NeighbourTable(found.Length, found, [.. found.Select((_, place) => (float)place)]),
            Rows,
            Query,
            Metric.L2,
            1,
            TestContext.Current.CancellationToken
        );
}
