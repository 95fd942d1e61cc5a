using System.Globalization;
using System.Text;

namespace VectorQuantization.Results;

/// <summary>The comparison for people: as text in columns or as Markdown. A measure of several seeds is shown as mean ± standard deviation.</summary>
public static class ComparisonText
{
    private const string Unmeasured = "-";

    private static readonly string[] Names = ["method", "settings", "search"];

    /// <summary>Text in columns, a block for each data set.</summary>
    public static string Plain(IReadOnlyList<DataGroup> groups) => Each(groups, Plain);

    /// <summary>Markdown, a table for each data set.</summary>
    public static string Markdown(IReadOnlyList<DataGroup> groups) => Each(groups, Markdown);

    private static string Each(IReadOnlyList<DataGroup> groups, Func<DataGroup, string> one) =>
        string.Join('\n', groups.Select(one));

    private static string Plain(DataGroup group)
    {
        var rows = Rows(group);
        int[] widths = [.. rows[0].Select((_, i) => rows.Max(row => row[i].Length))];
        var text = new StringBuilder().Append(group.Title).Append("\n\n");
        foreach (var row in rows)
        {
            var cells = row.Select((cell, i) => i < Names.Length ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
        return text.Append(Remarks(group, "")).ToString();
    }

    private static string Markdown(DataGroup group)
    {
        var rows = Rows(group);
        var text = new StringBuilder().Append(group.Title).Append("\n\n");
        var rule = rows[0].Select((_, i) => i < Names.Length ? "---" : "--:").ToArray();
        foreach (var row in rows.Take(1).Append(rule).Concat(rows.Skip(1)))
            text.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|"))).Append(" |\n");
        return text.Append(Remarks(group, "\n")).ToString();
    }

    private static List<string[]> Rows(DataGroup group) =>
        [
            [.. Names, .. ComparisonColumns.All.Select(column => column.Title)],
            .. group.Configurations.Select(found =>
                (string[])
                    [
                        found.Method,
                        found.Label,
                        found.Search.Length > 0 ? found.Search : Unmeasured,
                        .. ComparisonColumns.All.Select(column => Cell(found[column.Measure], column.Decimals)),
                    ]
            ),
        ];

    private static string Cell(SeedStatistics? statistics, Func<double, int> decimalsOf)
    {
        if (statistics is not { } known)
            return Unmeasured;
        var decimals = decimalsOf(known.Mean);
        var mean = Number(known.Mean, decimals);
        // Bytes and codecs without chance come out the same for every seed.
        return known.Deviation is > 0 and var deviation ? $"{mean} ± {Number(deviation, decimals)}" : mean;
    }

    private static string Number(double value, int decimals) =>
        value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static string Remarks(DataGroup group, string apart)
    {
        var lines = new List<string>();
        if (group.Machines.Count > 1)
            lines.Add($"Times are of different machines and don't compare: {string.Join(", ", group.Machines)}.");
        lines.AddRange(
            group.Failed.Select(row =>
                $"Failed: {row.Cell.Label}, seed {row.Cell.Seed}: {row.Failure!.ReplaceLineEndings(" ")}"
            )
        );
        return string.Concat(lines.Select(line => $"{apart}{line}\n"));
    }
}
