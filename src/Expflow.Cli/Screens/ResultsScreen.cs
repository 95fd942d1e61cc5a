using System.Text.Json;
using Expflow.Results;
using Expflow.Tables;

namespace Expflow.Cli.Screens;

/// <summary>Shows the results of an experiment: what is done, the table, and the best row.</summary>
internal static class ResultsScreen
{
    // A screen has room for so many metrics; '--metric' asks for others.
    private const int MostMetrics = 6;

    public static void Print(Terminal terminal, string experiment, ResultReport report)
    {
        terminal.Line($"{experiment}: {Summary(report)}");
        if (report.Table.Rows.RowCount > 0)
        {
            terminal.Line();
            PrintTable(terminal, report);
            terminal.Line();
        }
        if (report.Rows > report.Table.Rows.RowCount && report.Table.Rows.RowCount > 0)
            terminal.Line(
                $"{Figures.Count(report.Table.Rows.RowCount)} of {Figures.Count(report.Rows)} rows; '--limit' shows more."
            );
        if (report.Table.Metrics.Count > MostMetrics)
            terminal.Line(
                $"{MostMetrics} of {report.Table.Metrics.Count} metrics; '--metric' names others: {string.Join(", ", report.Table.Metrics.Skip(MostMetrics))}."
            );
        if (report is { Best: { } best, BestBy: { } by })
            terminal.Line(BestLine(best, by));
        else if (report.BestBy is { } none)
            terminal.Line($"No run has a number for {none.Metric}, so none is the best.");
    }

    /// <summary><c>Best, by highest test_accuracy: lr=0.1, weight-decay=0 with 0.9741 ± 0.0020 (3 runs)</c>.</summary>
    public static string BestLine(ResultTable best, BestKey by)
    {
        var settings = string.Join(
            ", ",
            best.Settings.Select(name => best.Rows.Find(name)!)
                .Where(column => !column.IsMissing(0))
                .Select(column => $"{column.Name}={Figures.Exact(column, 0)}")
        );
        var value = best.Aggregates is { } groups
            ? $"{Figures.Of(groups[by.Metric][0])} ({RunsText(best.RunsIn(0))})"
            : $"{Figures.Of(best.Rows.Find(by.Metric)!, 0)} (run {best.Rows.Find(RunColumns.RunId)!.Text(0)![..6]})";
        return $"Best, by {(by.Highest ? "highest" : "lowest")} {by.Metric}: {(settings.Length == 0 ? "the one setting" : settings)} with {value}";
    }

    public static void PrintJson(Terminal terminal, string experiment, ResultReport report) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", experiment);
                json.WriteNumber("runs", report.Runs);
                json.WriteNumber("done", report.Done);
                json.WriteNumber("flagged", report.Flagged);
                json.WriteNumber("matching", report.Matching);
                json.WriteNumber("left_out", report.LeftOut);
                WriteNames(json, "settings", report.Table.Settings);
                WriteNames(json, "metrics", report.Table.Metrics);
                json.WriteStartArray("rows");
                for (var row = 0; row < report.Table.Rows.RowCount; row++)
                    WriteRow(json, report.Table, row);
                json.WriteEndArray();
                if (report is { Best: { } best, BestBy: { } by })
                {
                    json.WriteString("best_by", by.Metric);
                    json.WriteString("best_is", by.Highest ? "highest" : "lowest");
                    json.WritePropertyName("best");
                    WriteRow(json, best, 0);
                }
                json.WriteEndObject();
            }
        );

    private static string Summary(ResultReport report)
    {
        var text = $"{Figures.Count(report.Done)} of {RunsText(report.Runs)} done";
        if (report.Matching < report.Done)
            text += $", {Figures.Count(report.Matching)} of them chosen";
        if (report.LeftOut > 0)
            return $"{text}; {report.LeftOut} flagged and left out of means ('--with-flagged' takes them in).";
        return report.Flagged > 0 ? $"{text}, {report.Flagged} flagged." : text + ".";
    }

    private static string RunsText(int count) => count == 1 ? "1 run" : $"{Figures.Count(count)} runs";

    private static void PrintTable(Terminal terminal, ResultReport report)
    {
        var (table, rows) = (report.Table, report.Table.Rows);
        string[] metrics = [.. table.Metrics.Take(MostMetrics)];
        var single = table.Aggregates is null;
        var flags = single && report.Flagged > 0 ? rows.Find(RunColumns.Flags) : null;
        var screen = new TextTable();
        if (single)
            screen.Column("run");
        foreach (var name in table.Settings)
            screen.Column(name, rows.Find(name) is not (TextColumn or BooleanColumn));
        if (!single)
            screen.Column(table.CountName, right: true);
        foreach (var name in metrics)
            screen.Column(name, right: true);
        if (flags is not null)
            screen.Column("flags");
        var values = metrics
            .Select(name => table.Aggregates is { } groups ? Figures.Of(groups[name]) : Figures.Of(rows.Find(name)!))
            .ToArray();
        for (var row = 0; row < rows.RowCount; row++)
        {
            var cells = new List<string>();
            if (single)
                cells.Add(rows.Find(RunColumns.RunId)!.Text(row)![..6]);
            foreach (var name in table.Settings)
                cells.Add(Figures.Exact(rows.Find(name)!, row));
            if (!single)
                cells.Add($"{table.RunsIn(row)}");
            foreach (var metric in values)
                cells.Add(metric[row]);
            if (flags is not null)
                cells.Add(flags.Text(row) ?? "");
            screen.Row(cells);
        }
        screen.Print(terminal.Out);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, ResultTable table, int row)
    {
        json.WriteStartObject();
        if (table.Rows.Find(RunColumns.RunId) is { } run && table.Aggregates is null)
            json.WriteString("run", run.Text(row));
        if (table.Aggregates is null)
            json.WriteString("stage", table.Rows.Find(RunColumns.Stage)!.Text(row));
        json.WritePropertyName("parameters");
        CellJson.WriteObject(json, table.Rows, table.Settings, row);
        if (table.Aggregates is { } groups)
        {
            json.WriteNumber("n", table.RunsIn(row));
            json.WriteStartObject("metrics");
            foreach (var name in table.Metrics)
            {
                json.WritePropertyName(name);
                CellJson.Write(json, groups[name][row]);
            }
            json.WriteEndObject();
        }
        else
        {
            json.WritePropertyName("metrics");
            CellJson.WriteObject(json, table.Rows, table.Metrics, row);
            if (table.Rows.Find(RunColumns.Flags)!.Text(row) is { } flags)
                json.WriteString("flags", flags);
        }
        json.WriteEndObject();
    }
}
