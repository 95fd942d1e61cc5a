using Expflow.Parameters;
using Expflow.Tables;

namespace Expflow.Results;

/// <summary>The runs that have the same values of some parameters.</summary>
/// <param name="Name"><c>lr=0.1, model=mlp</c>; empty when there is nothing to tell settings apart by.</param>
/// <param name="Rows">The rows of these runs in their table.</param>
public sealed record Setting(string Name, IReadOnlyList<int> Rows)
{
    /// <summary>The settings of a table's runs, in the order in which they first appear.</summary>
    /// <param name="table">The runs.</param>
    /// <param name="by">The columns whose values a setting has in common.</param>
    /// <param name="longest">When a name would have more characters than this, all names are made of values alone: <c>0.1, mlp</c>.</param>
    public static IReadOnlyList<Setting> Of(Table table, IReadOnlyList<string> by, int longest = int.MaxValue)
    {
        var full = Of(table, by, valuesOnly: false);
        return by.Count > 1 && full.Any(setting => setting.Name.Length > longest)
            ? Of(table, by, valuesOnly: true)
            : full;
    }

    private static List<Setting> Of(Table table, IReadOnlyList<string> by, bool valuesOnly)
    {
        var columns = by.Select(name => table.Find(name)!).ToArray();
        var settings = new OrderedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
        {
            var name = NameOf(columns, row, valuesOnly);
            if (!settings.TryGetValue(name, out var rows))
                settings[name] = rows = [];
            rows.Add(row);
        }
        return [.. settings.Select(pair => new Setting(pair.Key, pair.Value))];
    }

    // A parameter that a stage doesn't have is no part of the name, unless the place says which parameter it is.
    private static string NameOf(Column[] columns, int row, bool valuesOnly) =>
        valuesOnly
            ? string.Join(", ", columns.Select(column => column.IsMissing(row) ? "-" : Text(column, row)))
            : string.Join(
                ", ",
                columns.Where(column => !column.IsMissing(row)).Select(column => $"{column.Name}={Text(column, row)}")
            );

    // As people write it: 1e-5 rather than 1E-05.
    private static string Text(Column column, int row) =>
        column is NumberColumn numbers
            ? ParameterValue.Of(numbers.Values[row].GetValueOrDefault()).Display
            : column.Text(row)!;
}
