namespace Expflow.Cli.Screens;

/// <summary>Columns set under each other with blanks: no frames, no colours, the same with and without a terminal.</summary>
internal static class PlainTable
{
    /// <summary>Prints the rows, each indented by two, columns that are empty in every row left out.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="head">The columns' names; one that begins with <c>&gt;</c> holds numbers and is set to the right.</param>
    /// <param name="rows">As many cells each as there are names.</param>
    public static void Print(Terminal terminal, string[] head, IReadOnlyList<string[]> rows)
    {
        var shown = Enumerable.Range(0, head.Length).Where(at => rows.Any(row => row[at].Length > 0)).ToArray();
        var names = head.Select(name => name.TrimStart('>')).ToArray();
        var widths = head.Select((_, at) => rows.Append(names).Max(row => row[at].Length)).ToArray();
        foreach (var row in rows.Prepend(names))
            terminal.Line(
                ("  " + string.Join("  ", shown.Select(at => Set(row[at], widths[at], head[at][0] == '>')))).TrimEnd()
            );
    }

    private static string Set(string cell, int width, bool right) => right ? cell.PadLeft(width) : cell.PadRight(width);
}
