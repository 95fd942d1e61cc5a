using VectorQuantization.Benchmarks;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Benchmarks;

public sealed class DataSplitTests
{
    private static readonly RowSource Last = new RowSource.HeldOut(null);

    [Fact]
    public void Base_queries_and_training_set_share_no_row_unless_that_is_asked_for()
    {
        var split = DataSplit.Of(Numbered(100), null, null, Last, Last);

        var rows = new[] { split.Base, split.Training, split.Queries }.SelectMany(set => set.ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, 100).Select(row => (float)row), rows);
        Assert.Equal((65, 25, 10), (split.Base.Count, split.Training.Count, split.Queries.Count));
    }

    [Fact]
    public void Queries_and_training_rows_come_from_the_base_when_asked()
    {
        var split = DataSplit.Of(Numbered(100), null, null, new RowSource.OfBase(7), new RowSource.OfBase(null));

        Assert.Equal((100, 100, 7), (split.Base.Count, split.Training.Count, split.Queries.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], split.Queries.ToArray());
    }

    [Fact]
    public void Sets_of_their_own_leave_the_base_whole()
    {
        var queries = Numbered(5);
        var split = DataSplit.Of(Numbered(100), queries, Numbered(9), new RowSource.Own(null), new RowSource.Own(null));

        Assert.Equal(100, split.Base.Count);
        Assert.Same(queries, split.Queries);
        Assert.Equal(9, split.Training.Count);
    }

    [Fact]
    public void Too_few_rows_and_other_dimensions_are_told_at_once()
    {
        var queries = new MemoryVectors("queries.npy", new float[6], 3);

        var refused = Assert.Throws<BadInputException>(() =>
            DataSplit.Of(Numbered(10), queries, null, new RowSource.Own(null), new RowSource.HeldOut(10))
        );

        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("'numbers' has 10 rows: 10 for queries and training leave none", refused.Problems[0]);
        Assert.Contains("'queries.npy' has 3 dimensions, the base 'numbers' has 1", refused.Problems[1]);
    }

    [Fact]
    public void A_training_sample_depends_on_the_seed_alone()
    {
        var split = DataSplit.Of(Numbered(1000), null, null, Last, new RowSource.OfBase(null));

        var sample = split.TrainingSample(50, seed: 3).ToArray();

        Assert.Equal(sample, split.TrainingSample(50, seed: 3).ToArray());
        Assert.NotEqual(sample, split.TrainingSample(50, seed: 4).ToArray());
        Assert.Equal(50, sample.Distinct().Count());
    }

    [Theory]
    [InlineData("last", "HeldOut { Rows =  }")]
    [InlineData("last:1000", "HeldOut { Rows = 1000 }")]
    [InlineData("base", "OfBase { Rows =  }")]
    [InlineData("base:100", "OfBase { Rows = 100 }")]
    [InlineData("sift_learn.fvecs", "Own { Path = sift_learn.fvecs }")]
    public void A_source_of_rows_is_written_in_a_word(string text, string expected) =>
        Assert.Equal(expected, RowSource.Parse("--train", text).ToString());

    [Theory]
    [InlineData("last:none")]
    [InlineData("base:0")]
    public void A_number_of_rows_that_is_none_is_named(string text) =>
        Assert.Contains(
            $"'--train {text}'",
            Assert.Throws<BadInputException>(() => RowSource.Parse("--train", text)).Message
        );

    private static MemoryVectors Numbered(int rows) =>
        new("numbers", [.. Enumerable.Range(0, rows).Select(row => (float)row)], 1);
}
