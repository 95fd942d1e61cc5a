using Expflow.Tables;
using Xunit;

namespace Expflow.Tests.Tables;

public sealed class TableTests
{
    internal static readonly Table Runs = new([
        new TextColumn("dataset", ["b", "a", "a", "b", null]),
        new IntegerColumn("seed", [0, 0, 1, 1, null]),
        new NumberColumn("lr", [0.1, 0.01, 0.1, double.NaN, null]),
        new BooleanColumn("dirty", [true, false, false, null, true]),
        new TimestampColumn(
            "started",
            [
                .. Enumerable
                    .Range(1, 5)
                    .Select(day => (DateTimeOffset?)new DateTimeOffset(2026, 3, day, 0, 0, 0, TimeSpan.Zero)),
            ]
        ),
    ]);

    [Theory]
    [InlineData("lr", "0.01 0.1 0.1 nan ")]
    [InlineData("-lr", "0.1 0.1 0.01 nan ")]
    [InlineData("lr:desc,seed", "0.1 0.1 0.01 nan ")]
    public void Rows_are_sorted_with_nan_and_missing_last(string keys, string expected)
    {
        Assert.True(SortKey.Parse(keys, Runs).TryGet(out var good));

        Assert.Equal(expected, Texts(Runs.SortBy(good), "lr"));
    }

    [Fact]
    public void Several_keys_count_in_their_order()
    {
        Assert.True(SortKey.Parse("dataset, -seed", Runs).TryGet(out var keys));

        Assert.Equal("1 0 1 0 ", Texts(Runs.SortBy(keys), "seed"));
    }

    [Fact]
    public void An_unknown_sort_column_suggests_the_right_one() =>
        Assert.Equal(
            "'datset' is no column. Did you mean 'dataset'?",
            Assert.Single(SortKey.Parse("-datset", Runs).Problems).Text
        );

    [Theory]
    [InlineData(5e-324, "5E-324")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    [InlineData(-0.0, "-0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Numbers_are_written_shortest_and_exact(double value, string expected)
    {
        var utf8 = new byte[32];

        Assert.Equal(expected, NumberText.Of(value));
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(utf8, 0, NumberText.Write(value, utf8)));
    }

    [Fact]
    public void A_builder_makes_the_narrowest_column()
    {
        Assert.Equal("integer", Built(b => b.Add(1), b => b.Add(2)).Type);
        Assert.Equal("number", Built(b => b.Add(1), b => b.Add(0.5)).Type);
        Assert.Equal("boolean", Built(b => b.Add(true)).Type);
        var mixed = Built(b => b.Add(true), b => b.Add(1), b => b.Add(0.5), b => b.Add("adam"), b => b.FillTo(5));
        Assert.Equal(["true", "1", "0.5", "adam", null], Enumerable.Range(0, 5).Select(mixed.Text));
    }

    internal static string Texts(Table table, string column) =>
        string.Join(' ', Enumerable.Range(0, table.RowCount).Select(table.Find(column)!.Text));

    private static Column Built(params Action<ColumnBuilder>[] adds)
    {
        var builder = new ColumnBuilder("x");
        foreach (var add in adds)
            add(builder);
        return builder.Build();
    }
}
