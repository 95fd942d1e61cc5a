using System.CommandLine;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark table</c>: the comparison as text.</summary>
internal static class TableCommand
{
    private const string Description = """
        Compare what was measured: bytes, error, recall and speed of each method with its settings, mean ± standard deviation over seeds.

        MSE is summed over coordinates. R@k: queries whose nearest neighbour is among the first k found. 10@10: the share of the true
        10 among the first 10. QPS: queries a second on one thread.
        """;

    internal static Command Create(Composition with)
    {
        var database = SharedOptions.Database();
        var sweep = SharedOptions.Sweep();
        var data = SharedOptions.Data();
        var format = new Option<string>("--format")
        {
            Description = "text, markdown, csv or json; csv and json have every measure at full precision.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "markdown", "csv", "json");
        var json = SharedOptions.Json();
        var command = new Command("table", Description) { database, sweep, data, format, json };
        command.SetAction(parsed =>
        {
            var from = new ResultDatabase(ResultPaths.Database(parsed.GetValue(database), with.Variable));
            var groups = new ResultSelection(parsed.GetValue(sweep), parsed.GetValue(data)).Of(from);
            with.Out.Write(Text(groups, parsed.GetValue(json) ? "json" : parsed.GetValue(format)!));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Text(IReadOnlyList<DataGroup> groups, string format) =>
        format switch
        {
            "markdown" => ComparisonText.Markdown(groups),
            "csv" => ComparisonCsv.Of(groups),
            "json" => ComparisonJson.Of(groups),
            _ => ComparisonText.Plain(groups),
        };
}
