using Expflow.Problems;

namespace Expflow.Tables;

/// <summary>A column to sort by.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Descending">Largest first.</param>
public readonly record struct SortKey(string Column, bool Descending)
{
    /// <summary>Reads <c>lr,-accuracy</c> or <c>lr,accuracy:desc</c>: names separated by commas, a minus before or <c>:desc</c> behind for largest first.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="table">The table that must have the columns.</param>
    public static Checked<SortKey[]> Parse(string text, Table table)
    {
        var keys = new List<SortKey>();
        var problems = new List<Problem>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var key = ParseOne(part, table);
            keys.Add(key);
            if (table.Find(key.Column) is null)
                problems.Add(new Problem(TableProblems.NoColumn(key.Column, table)));
        }
        return problems.Count == 0 ? keys.ToArray() : Checked<SortKey[]>.Failed(problems);
    }

    /// <summary>Orders two rows; a row without a value, or with NaN, stands last either way.</summary>
    internal static int Compare(Column column, int a, int b, bool descending)
    {
        var (lastA, lastB) = (IsLast(column, a), IsLast(column, b));
        if (lastA != 0 || lastB != 0)
            return lastA.CompareTo(lastB);
        return descending ? column.Compare(b, a) : column.Compare(a, b);
    }

    private static int IsLast(Column column, int row) =>
        column.IsMissing(row) ? 2
        : column is NumberColumn numbers && double.IsNaN(numbers.Values[row].GetValueOrDefault()) ? 1
        : 0;

    // A column may itself be named '-x' or 'x:desc': the name as it stands wins.
    private static SortKey ParseOne(string part, Table table)
    {
        if (table.Find(part) is not null)
            return new(part, false);
        if (part.EndsWith(":desc", StringComparison.Ordinal))
            return new(part[..^5], true);
        if (part.EndsWith(":asc", StringComparison.Ordinal))
            return new(part[..^4], false);
        return part.StartsWith('-') ? new(part[1..], true) : new(part, false);
    }
}
