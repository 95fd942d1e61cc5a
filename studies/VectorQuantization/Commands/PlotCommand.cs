using System.CommandLine;
using VectorQuantization.Plots;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark plot</c>: pictures of what was measured.</summary>
internal static class PlotCommand
{
    private const string Description = """
        Draw what was measured: recall and error against bytes, recall against queries a second, and how errors are spread.

        Each metric is a picture of its own for each data set, with the Pareto front; means over seeds have their 95 % interval.
        """;

    internal static Command Create(Composition with)
    {
        var database = SharedOptions.Database();
        var sweep = SharedOptions.Sweep();
        var data = SharedOptions.Data();
        var folder = new Option<string>("--out")
        {
            Description = "The folder for the pictures; files of the same name are replaced.",
            DefaultValueFactory = _ => "plots",
        };
        var format = new Option<string>("--format")
        {
            Description = "png, svg or both.",
            DefaultValueFactory = _ => "both",
        };
        format.AcceptOnlyFromAmong("png", "svg", "both");
        var metric = new Option<string[]>("--metric")
        {
            Description =
                "What to draw: columns of the database, or relative_error for histograms. 'recall_at_1 intersection_10 relative_mse relative_error' by default.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("plot", Description) { database, sweep, data, folder, format, metric };
        command.SetAction(parsed =>
        {
            var from = new ResultDatabase(ResultPaths.Database(parsed.GetValue(database), with.Variable));
            var groups = new ResultSelection(parsed.GetValue(sweep), parsed.GetValue(data)).Of(from);
            var plan = FigurePlan.Of(groups, from.Histograms(), Metrics(parsed.GetValue(metric)));
            var format_ = parsed.GetValue(format)!;
            return Run(with, plan, parsed.GetValue(folder)!, format_ == "both" ? ["png", "svg"] : [format_]);
        });
        return command;
    }

    private static IReadOnlyList<string> Metrics(string[]? given) =>
        given is { Length: > 0 } ? given : FigurePlan.DefaultMetrics;

    private static int Run(Composition with, FigurePlan plan, string folder, string[] formats)
    {
        foreach (var figure in plan.Figures)
        foreach (var format in formats)
            with.Out.WriteLine(FigureFile.Write(figure, folder, format));
        foreach (var sentence in plan.LeftOut)
            with.Error.WriteLine(sentence);
        return plan.Figures.Count > 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
