using System.Text.Json;
using Expflow.Results;

namespace Expflow.Cli.Screens;

/// <summary>Shows runs or experiments side by side.</summary>
internal static class CompareScreen
{
    private const int MostValues = 6;

    public static void Print(Terminal terminal, SideBySide comparison)
    {
        WarnOfCode(terminal, comparison);
        var table = new TextTable().Column("");
        foreach (var side in comparison.Sides)
            table.Column(side.Name, right: true);
        table.Row(["state", .. comparison.Sides.Select(State)]);
        foreach (var row in comparison.Parameters)
            table.Row([row.Name, .. row.Cells.Select(Values)]);
        foreach (var row in comparison.Metrics)
            table.Row([row.Name, .. row.Cells.Select(Number)]);
        foreach (var row in comparison.Resources)
            table.Row([ResourceName(row.Name), .. row.Cells.Select(cell => Resource(row.Name, cell))]);
        table.Row(["code", .. comparison.Sides.Select(Code)]);
        table.Print(terminal.Out);
        if (comparison.EqualParameters > 0)
        {
            terminal.Line();
            terminal.Line(
                comparison.EqualParameters == 1
                    ? "1 parameter is equal."
                    : $"{comparison.EqualParameters} parameters are equal."
            );
        }
    }

    public static void PrintJson(Terminal terminal, SideBySide comparison) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("code_differs", comparison.CodeDiffers);
                json.WriteNumber("equal_parameters", comparison.EqualParameters);
                json.WriteStartArray("sides");
                for (var side = 0; side < comparison.Sides.Count; side++)
                    WriteSide(json, comparison, side);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void WarnOfCode(Terminal terminal, SideBySide comparison)
    {
        if (comparison.CodeDiffers)
            terminal.Warn(
                $"The code differs: {string.Join(", ", comparison.Sides.Select(side => $"{side.Name} ran {Code(side)}"))}."
            );
    }

    private static string State(ComparedRuns side) =>
        side.Table.Rows.RowCount == 1
            ? side.Table.Rows.Find(RunColumns.State)!.Text(0)! + (side.Table.IsFlagged(0) ? ", flagged" : "")
            : $"{side.Table.Rows.RowCount} runs";

    private static string Values(ComparedCell cell)
    {
        if (cell.Rows.Count == 0)
            return Figures.Nothing;
        var text = string.Join(", ", cell.Rows.Take(MostValues).Select(row => Figures.Exact(cell.Column!, row)));
        return cell.Rows.Count > MostValues ? $"{text}, … ({cell.Rows.Count})" : text;
    }

    private static string Number(ComparedCell cell) => cell.Values is { } values ? Figures.Of(values) : Figures.Nothing;

    private static string ResourceName(string column) =>
        column switch
        {
            RunColumns.Elapsed => "elapsed",
            RunColumns.Cpu => "CPU time",
            _ => "peak memory",
        };

    // The mean of times; of memory the most, since that is what has to be asked for.
    private static string Resource(string column, ComparedCell cell) =>
        column == RunColumns.PeakMemory
            ? cell.Values?.Max is { } most
                ? Figures.Bytes((long)most)
                : Figures.Nothing
            : cell.Values?.Mean is { } mean
                ? Durations.Words(TimeSpan.FromSeconds(mean))
                : Figures.Nothing;

    private static string Code(ComparedRuns side)
    {
        var rows = side.Table.Rows;
        var (commit, dirty, tree) = (
            rows.Find(RunColumns.Commit)!,
            rows.Find(RunColumns.Dirty)!,
            rows.Find(RunColumns.CodeTree)!
        );
        var versions = Enumerable
            .Range(0, rows.RowCount)
            .Where(row => !tree.IsMissing(row))
            .DistinctBy(tree.Text)
            .Select(row => Brief(commit.Text(row) ?? tree.Text(row)!) + (dirty.Text(row) == "true" ? "+" : ""))
            .ToArray();
        return versions.Length == 0 ? Figures.Nothing : string.Join(", ", versions);
    }

    private static string Brief(string hash) => hash[..Math.Min(7, hash.Length)];

    private static void WriteSide(Utf8JsonWriter json, SideBySide comparison, int side)
    {
        var (name, table) = comparison.Sides[side];
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("runs", table.Rows.RowCount);
        json.WriteString("code", Code(comparison.Sides[side]));
        json.WriteStartObject("parameters");
        foreach (var row in comparison.Parameters)
        {
            json.WriteStartArray(row.Name);
            foreach (var value in row.Cells[side].Rows)
                CellJson.Write(json, row.Cells[side].Column!, value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        WriteValues(json, "metrics", comparison.Metrics, side);
        WriteValues(json, "resources", comparison.Resources, side);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<ComparedRow> rows, int side)
    {
        json.WriteStartObject(name);
        foreach (var row in rows)
        {
            if (row.Cells[side].Values is not { } values)
                continue;
            json.WritePropertyName(row.Name);
            CellJson.Write(json, values);
        }
        json.WriteEndObject();
    }
}
