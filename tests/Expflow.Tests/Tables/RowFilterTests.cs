using Expflow.Tables;
using Xunit;

namespace Expflow.Tests.Tables;

public sealed class RowFilterTests
{
    [Theory]
    [InlineData("lr>=0.1", "0 2")]
    [InlineData("lr >= 1e-1 and dataset==a", "2")]
    [InlineData("dataset = 'a' or seed = 0", "0 1 2")]
    [InlineData("dataset == a and (seed == 0 or seed == 1)", "1 2")]
    [InlineData("not dataset == a", "0 3 4")]
    [InlineData("dataset != a", "0 3 4")]
    [InlineData("dirty", "0 4")]
    [InlineData("not dirty and seed<1", "1")]
    [InlineData("dirty == false", "1 2")]
    [InlineData("lr == nan", "3")]
    [InlineData("lr != nan", "0 1 2 4")]
    [InlineData("lr == missing", "4")]
    [InlineData("seed != missing", "0 1 2 3")]
    [InlineData("started > 2026-03-03", "3 4")]
    [InlineData("seed == 0 or seed == 1 and dataset == b", "0 1 3")]
    [InlineData("\"dataset\" > 'a'", "0 3")]
    public void A_filter_lets_through_the_rows_that_fulfil_it(string text, string expected)
    {
        Assert.True(RowFilter.Parse(text, TableTests.Runs).TryGet(out var filter));

        Assert.Equal(
            expected,
            string.Join(' ', Enumerable.Range(0, 5).Where(row => filter.Matches(TableTests.Runs, row)))
        );
    }

    [Theory]
    [InlineData("lrr >= 1", "'lrr' is no column. Did you mean 'lr'?", 0)]
    [InlineData("seed == 0 and datset == a", "'datset' is no column. Did you mean 'dataset'?", 14)]
    [InlineData("lr >= fast", "'fast' can't be compared with 'lr', which is of type number. Give a number.", 6)]
    [InlineData("lr >=", "The expression ends where a value should stand. Add it.", 5)]
    [InlineData("(lr > 1", "The expression ends where ')' should stand. Add it.", 7)]
    [InlineData("lr > 1)", "')' stands where 'and', 'or' or the end should. Change it.", 6)]
    [InlineData("lr > 1 seed", "'seed' stands where 'and', 'or' or the end should. Change it.", 7)]
    [InlineData("lr 1", "'1' stands where a comparison such as '==' should. Change it.", 3)]
    [InlineData("lr => 1", "'=>' stands where a comparison such as '==' should. Change it.", 3)]
    [InlineData(
        "seed and lr > 1",
        "'seed' is of type integer, not boolean. Compare it with a value, such as 'seed == 1'.",
        0
    )]
    [InlineData("dataset == 'a", "''a' stands where a value should. Change it.", 11)]
    [InlineData("", "The expression ends where a column should stand. Add it.", 0)]
    public void A_problem_shows_its_place(string text, string expected, int column)
    {
        var lines = RowFilter.Parse(text, TableTests.Runs).Problems[0].Text.Split('\n');

        Assert.Equal([expected, "  " + text, "  " + new string(' ', column) + "^"], lines);
    }

    [Fact]
    public void All_unknown_columns_are_told_at_once() =>
        Assert.Equal(2, RowFilter.Parse("lrr > 1 or sed == 2", TableTests.Runs).Problems.Count);

    [Fact]
    public void A_thousand_parentheses_are_a_problem() =>
        Assert.Contains(
            "nested",
            RowFilter.Parse(new string('(', 100_000), TableTests.Runs).Problems[0].Text,
            StringComparison.Ordinal
        );
}
