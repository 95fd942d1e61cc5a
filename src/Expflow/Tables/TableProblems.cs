using Expflow.Problems;

namespace Expflow.Tables;

/// <summary>What is said about filters, sort keys and groups that don't fit a table.</summary>
internal static class TableProblems
{
    public static string NoColumn(string name, Table table)
    {
        var names = table.Columns.Select(column => column.Name).ToList();
        return Suggestion.For(name, names) is { } near
            ? $"'{name}' is no column. Did you mean '{near}'?"
            : $"'{name}' is no column. The columns are {Listed(names)}.";
    }

    public static string Unexpected(string found, string expected) =>
        found.Length == 0
            ? $"The expression ends where {expected} should stand. Add it."
            : $"'{found}' stands where {expected} should. Change it.";

    public static string NotOfType(string column, string type, string value) =>
        $"'{value}' can't be compared with '{column}', which is of type {type}. Give {An(type)}.";

    public static string NoTruth(string column, string type) =>
        $"'{column}' is of type {type}, not boolean. Compare it with a value, such as '{column} == 1'.";

    private static string An(string type) => type is "integer" ? "a number" : $"a {type}";

    private static string Listed(List<string> names) =>
        names.Count <= 12
            ? string.Join(", ", names.Select(name => $"'{name}'"))
            : string.Join(", ", names.Take(12).Select(name => $"'{name}'")) + $" and {names.Count - 12} more";
}
