using Expflow.Tables;
using Xunit;

namespace Expflow.Tests.Tables;

public sealed class GroupingTests
{
    private static readonly Table Runs = new([
        new NumberColumn("lr", [0.1, 0.01, 0.1, 0.1]),
        new TextColumn("name", ["x", "y", "z", null]),
        new NumberColumn("loss", [1, 5, 3, double.NaN]),
        new IntegerColumn("epochs", [1, 2, null, 3]),
    ]);

    [Fact]
    public void Groups_have_mean_and_deviation_and_count_what_is_not_finite()
    {
        Assert.True(Grouping.Of(Runs, ["lr"]).TryGet(out var groups));

        Assert.Equal("0.1 0.01", TableTests.Texts(groups.Keys, "lr"));
        Assert.Equal([3, 1], groups.Sizes);
        Assert.Equal(new Aggregate(2, 1, 2, Math.Sqrt(2), 1, 3), groups.Aggregates[0].Values[0]);
        Assert.Equal(new Aggregate(1, 0, 5, null, 5, 5), groups.Aggregates[0].Values[1]);
        Assert.Equal(new Aggregate(2, 0, 2, Math.Sqrt(2), 1, 3), groups.Aggregates[1].Values[0]);
    }

    [Fact]
    public void A_grouping_becomes_a_table()
    {
        Assert.True(Grouping.Of(Runs, ["lr"], ["loss"]).TryGet(out var groups));

        var table = groups.ToTable();

        Assert.Equal(
            ["lr", "n", "loss_mean", "loss_sd", "loss_n", "loss_min", "loss_max", "loss_non_finite"],
            table.Columns.Select(column => column.Name)
        );
        Assert.Equal("2 5", TableTests.Texts(table, "loss_mean"));
    }

    [Fact]
    public void Equal_values_have_themselves_as_mean_and_no_deviation() =>
        Assert.Equal(new Aggregate(3, 0, 0.1, 0, 0.1, 0.1), Aggregate.Of([0.1, 0.1, 0.1]));

    [Fact]
    public void Unknown_columns_are_told() => Assert.Equal(2, Grouping.Of(Runs, ["lrr"], ["los"]).Problems.Count);

    [Fact]
    public void A_missing_value_is_a_group_of_its_own()
    {
        Assert.True(Grouping.Of(new Table([new TextColumn("a", [null, "", null])]), ["a"]).TryGet(out var groups));

        Assert.Equal([2, 1], groups.Sizes);
    }
}
