using VectorQuantization.Search;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class ReRankedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    public void With_all_rows_as_candidates_the_answer_is_exact(Metric metric)
    {
        var rows = SomeRows.Clustered(2000, 16, 10, seed: 1);
        var quantiser = SomeRows.ProductOf(16, 4, bits: 4);
        var codes = CodeSet.Encode(quantiser, rows, 2, Stop);
        var queries = SomeRows.Clustered(20, 16, 10, seed: 2).ToArray();

        var found = new ReRanked(new FastScan(quantiser, codes, metric), rows, metric, 1000).Search(
            queries,
            10,
            2,
            Stop
        );

        for (var query = 0; query < 20; query++)
            Assert.Equal(
                SomeRows.Nearest(rows, queries.AsSpan(query * 16, 16), 10, metric),
                found.IdsOf(query).ToArray()
            );
    }

    [Fact]
    public void Candidates_are_factor_times_as_many_as_are_asked_for()
    {
        // All codes are equal, so that candidates are the six lowest ids; of these the last ones are nearest to 0.
        var rows = new MemoryVectors("line", [.. Enumerable.Range(0, 100).Select(i => (float)(100 - i))], 1);
        var codes = new CodeSet(1, 100);
        var index = new ReRanked(new FlatScan(new RoundingQuantiser(1), codes, Metric.L2), rows, Metric.L2, 3);

        Assert.Equal([5L, 4], index.Search(new float[1], 2, 1, Stop).IdsOf(0));
    }
}
