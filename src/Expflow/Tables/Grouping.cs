using Expflow.Problems;

namespace Expflow.Tables;

/// <summary>Rows put together by equal values of some columns, and what the numeric columns of each group come to.</summary>
public sealed class Grouping
{
    private Grouping(
        Table keys,
        IReadOnlyList<int> sizes,
        IReadOnlyList<(Column Column, IReadOnlyList<Aggregate> Values)> aggregates
    )
    {
        Keys = keys;
        Sizes = sizes;
        Aggregates = aggregates;
    }

    /// <summary>The columns that were grouped by; one row a group, in the order in which groups first appear.</summary>
    public Table Keys { get; }

    /// <summary>How many rows each group has.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>For each numeric column that was asked for, one aggregate a group.</summary>
    public IReadOnlyList<(Column Column, IReadOnlyList<Aggregate> Values)> Aggregates { get; }

    /// <summary>Groups rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="by">The columns whose values a group has in common; none makes one group of all.</param>
    /// <param name="of">The columns to aggregate; null is every integer and number column that is not grouped by.</param>
    public static Checked<Grouping> Of(Table table, IReadOnlyList<string> by, IReadOnlyList<string>? of = null)
    {
        var unknown = by.Concat(of ?? [])
            .Where(name => table.Find(name) is null)
            .Select(name => new Problem(TableProblems.NoColumn(name, table)))
            .ToList();
        if (unknown.Count > 0)
            return Checked<Grouping>.Failed(unknown);
        var keys = by.Distinct().Select(name => table.Find(name)!).ToArray();
        var values = (of ?? [.. table.Columns.Select(column => column.Name).Except(by)]).Select(name =>
            table.Find(name)!
        );
        var groups = Rows(table, keys);
        return new Grouping(
            new Table([.. keys.Select(key => key.Pick([.. groups.Select(rows => rows[0])]))]),
            [.. groups.Select(rows => rows.Count)],
            [
                .. values
                    .Where(column => column is IntegerColumn or NumberColumn)
                    .Select(column => (column, Aggregate(column, groups))),
            ]
        );
    }

    /// <summary>One table: the keys, <c>n</c>, and <c>X_mean</c>, <c>X_sd</c>, <c>X_n</c>, <c>X_min</c>, <c>X_max</c> and <c>X_non_finite</c> for each column X.</summary>
    public Table ToTable()
    {
        var columns = new List<Column>(Keys.Columns)
        {
            new IntegerColumn("n", [.. Sizes.Select(size => (long?)size)]) { Meaning = "Rows in the group" },
        };
        foreach (var (column, values) in Aggregates)
        {
            columns.Add(Number(column, "mean", values, value => value.Mean));
            columns.Add(Number(column, "sd", values, value => value.Sd));
            columns.Add(Whole(column, "n", values, value => value.Count));
            columns.Add(Number(column, "min", values, value => value.Min));
            columns.Add(Number(column, "max", values, value => value.Max));
            columns.Add(Whole(column, "non_finite", values, value => value.NonFinite));
        }
        return new Table([.. columns.DistinctBy(column => column.Name)]);
    }

    private static NumberColumn Number(
        Column of,
        string what,
        IReadOnlyList<Aggregate> values,
        Func<Aggregate, double?> pick
    ) => new($"{of.Name}_{what}", [.. values.Select(pick)]) { Unit = of.Unit };

    private static IntegerColumn Whole(
        Column of,
        string what,
        IReadOnlyList<Aggregate> values,
        Func<Aggregate, int> pick
    ) => new($"{of.Name}_{what}", [.. values.Select(value => (long?)pick(value))]);

    private static List<List<int>> Rows(Table table, Column[] keys)
    {
        var groups = new List<List<int>>();
        var numbers = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < Math.Max(table.RowCount, 0); row++)
        {
            // A separator that no text holds, and a mark that tells a missing value from an empty one.
            var at = row;
            var key = string.Join('\u001f', keys.Select(column => column.IsMissing(at) ? "\u0000" : column.Text(at)));
            if (!numbers.TryGetValue(key, out var rows))
                groups.Add(numbers[key] = rows = []);
            rows.Add(row);
        }
        return groups;
    }

    private static List<Aggregate> Aggregate(Column column, List<List<int>> groups) =>
        [
            .. groups.Select(rows =>
                Tables.Aggregate.Of([.. rows.Where(row => !column.IsMissing(row)).Select(row => Value(column, row))])
            ),
        ];

    private static double Value(Column column, int row) =>
        column is IntegerColumn whole
            ? whole.Values[row].GetValueOrDefault()
            : ((NumberColumn)column).Values[row].GetValueOrDefault();
}
