using System.Text;

namespace Expflow.Cli.Screens;

/// <summary>A table of plain text: columns as wide as their widest cell, two spaces between, numbers to the right.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private readonly List<(string Header, bool Right, int Width)> columns = [];
    private readonly List<string[]> rows = [];

    /// <summary>Adds a column before the first row.</summary>
    public TextTable Column(string header, bool right = false)
    {
        columns.Add((header, right, WidthOf(header)));
        return this;
    }

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Row(params IReadOnlyList<string> cells)
    {
        string[] clean = [.. cells.Select(Clean)];
        rows.Add(clean);
        for (var i = 0; i < clean.Length; i++)
            columns[i] = columns[i] with { Width = Math.Max(columns[i].Width, WidthOf(clean[i])) };
    }

    /// <summary>Prints the header and the rows, without spaces at the ends of lines.</summary>
    public void Print(TextWriter to)
    {
        var line = new StringBuilder();
        Print(to, line, [.. columns.Select(column => column.Header)]);
        foreach (var row in rows)
            Print(to, line, row);
    }

    private void Print(TextWriter to, StringBuilder line, string[] cells)
    {
        line.Clear();
        for (var i = 0; i < cells.Length; i++)
        {
            var pad = columns[i].Width - WidthOf(cells[i]);
            line.Append(i == 0 ? "" : Gap);
            if (columns[i].Right)
                line.Append(' ', pad).Append(cells[i]);
            else
                line.Append(cells[i]).Append(' ', pad);
        }
        to.WriteLine(line.ToString().TrimEnd());
    }

    // Values come from users' files: a line break in one would break the table, and an escape could do anything.
    private static string Clean(string cell) =>
        cell.AsSpan().ContainsAnyInRange('\0', '\u001f') || cell.Contains('\u007f')
            ? string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c))
            : cell;

    private static int WidthOf(string cell) => cell.EnumerateRunes().Count();
}
