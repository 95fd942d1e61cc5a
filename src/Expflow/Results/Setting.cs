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
    public static IReadOnlyList<Setting> Of(Table table, IReadOnlyList<string> by)
    {
        var columns = by.Select(name => table.Find(name)!).ToArray();
        var settings = new OrderedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
        {
            var name = NameOf(columns, row);
            if (!settings.TryGetValue(name, out var rows))
                settings[name] = rows = [];
            rows.Add(row);
        }
        return [.. settings.Select(pair => new Setting(pair.Key, pair.Value))];
    }

    // A parameter that a stage doesn't have is no part of the name.
    private static string NameOf(Column[] columns, int row) =>
        string.Join(
            ", ",
            columns.Where(column => !column.IsMissing(row)).Select(column => $"{column.Name}={Text(column, row)}")
        );

    // As people write it: 1e-5 rather than 1E-05.
    private static string Text(Column column, int row) =>
        column is NumberColumn numbers
            ? ParameterValue.Of(numbers.Values[row].GetValueOrDefault()).Display
            : column.Text(row)!;
}
