using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Results;
using Expflow.Tables;

namespace Expflow.Cli.Commands;

/// <summary>Picks runs by <c>--where</c>: a condition on their parameters, and on <c>stage</c>, <c>state</c> and <c>run</c>.</summary>
internal static class RunFilter
{
    /// <summary>What conditions can speak of.</summary>
    public sealed record Row(string Run, string Stage, string State, ParameterSet Parameters);

    /// <summary>The items that fulfil the condition; all of them when there is none.</summary>
    public static Checked<T[]> Where<T>(IReadOnlyList<T> items, string? condition, Func<T, Row> rowOf)
    {
        if (condition is null || items.Count == 0)
            return items.ToArray();
        var table = TableOf([.. items.Select(rowOf)]);
        var parsed = RowFilter.Parse(condition, table);
        return parsed.TryGet(out var filter)
            ? items.Where((_, row) => filter.Matches(table, row)).ToArray()
            : Checked<T[]>.Failed(parsed.Problems);
    }

    private static Table TableOf(IReadOnlyList<Row> rows)
    {
        var columns = new Dictionary<string, ColumnBuilder>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
            foreach (var (name, value) in rows[row].Parameters.Pairs())
            {
                if (!columns.TryGetValue(name, out var column))
                    columns.Add(name, column = new(name));
                column.FillTo(row);
                column.Add(value);
            }
        AddText(columns, "run", rows.Select(row => row.Run));
        AddText(columns, "stage", rows.Select(row => row.Stage));
        AddText(columns, "state", rows.Select(row => row.State));
        foreach (var column in columns.Values)
            column.FillTo(rows.Count);
        return new([.. columns.Values.Select(column => column.Build())]);
    }

    private static void AddText(Dictionary<string, ColumnBuilder> columns, string name, IEnumerable<string> values)
    {
        // The user's own parameter of that name is what he means.
        var column = new ColumnBuilder(name);
        if (!columns.TryAdd(name, column))
            return;
        foreach (var value in values)
            column.Add(value);
    }
}
