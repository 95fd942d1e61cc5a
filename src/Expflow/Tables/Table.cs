namespace Expflow.Tables;

/// <summary>Columns of equal length with different names.</summary>
public sealed class Table
{
    private readonly Dictionary<string, Column> byName = new(StringComparer.Ordinal);

    /// <summary>A table of these columns.</summary>
    /// <exception cref="ArgumentException">Two columns have one name, or different lengths.</exception>
    public Table(IReadOnlyList<Column> columns)
    {
        Columns = columns;
        RowCount = columns.Count == 0 ? 0 : columns[0].Count;
        foreach (var column in columns)
        {
            if (column.Count != RowCount)
                throw new ArgumentException(
                    $"'{column.Name}' has {column.Count} rows, '{columns[0].Name}' has {RowCount}.",
                    nameof(columns)
                );
            if (!byName.TryAdd(column.Name, column))
                throw new ArgumentException($"'{column.Name}' is there twice.", nameof(columns));
        }
    }

    /// <summary>The columns in their order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>How many rows there are.</summary>
    public int RowCount { get; }

    /// <summary>The column of this name, or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>A table of these rows in this order.</summary>
    public Table Pick(ReadOnlySpan<int> rows)
    {
        var picked = new Column[Columns.Count];
        for (var i = 0; i < picked.Length; i++)
            picked[i] = Columns[i].Pick(rows);
        return new Table(picked);
    }

    /// <summary>The rows that the filter lets through, in their order.</summary>
    public Table Where(RowFilter filter) =>
        Pick([.. Enumerable.Range(0, RowCount).Where(row => filter.Matches(this, row))]);

    /// <summary>The rows in the order of the keys, the first key first; rows with equal keys keep their order, missing values and NaN come last.</summary>
    public Table SortBy(IReadOnlyList<SortKey> keys)
    {
        var rows = Enumerable.Range(0, RowCount).ToArray();
        var columns = keys.Select(key => (Column: Find(key.Column), key.Descending))
            .Where(key => key.Column is not null)
            .ToArray();
        Array.Sort(
            rows,
            (a, b) =>
            {
                foreach (var (column, descending) in columns)
                {
                    var order = SortKey.Compare(column!, a, b, descending);
                    if (order != 0)
                        return order;
                }
                return a.CompareTo(b);
            }
        );
        return Pick(rows);
    }
}
