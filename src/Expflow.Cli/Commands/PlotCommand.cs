using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Plots;
using Expflow.Problems;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow plot</c>: a picture of a metric.</summary>
internal sealed class PlotCommand(Composition with)
{
    private const string Description = """
        Draw a metric: learning curves over the steps, or its value over one or two parameters.

        Examples:
          expflow plot digits --metric test_accuracy
          expflow plot digits --x lr --metric loss --at min
          expflow plot digits --x lr --y weight-decay --out lr-wd.svg
        """;

    public static Command Create(Composition with)
    {
        var experiment = SharedOptions.Experiment();
        var metric = new Option<string?>("--metric")
        {
            Description = "What to draw; a required metric or 'loss' by default.",
        };
        var x = new Option<string?>("--x") { Description = "Draw over this parameter instead of over steps." };
        var y = new Option<string?>("--y") { Description = "With --x: a heat map over both parameters." };
        var over = new Option<string?>("--over")
        {
            Description = "Average over these parameters, with a band of ± sd; the seed by default, 'none' for none.",
        };
        var at = ResultOptions.At();
        var where = ResultOptions.Where();
        var stage = ResultOptions.Stage();
        var flagged = ResultOptions.WithFlagged();
        var to = new Option<string?>("--out")
        {
            Description = "The file, .png or .svg. 'plots/EXPERIMENT-METRIC.png' in the project by default.",
        };
        var size = new Option<string?>("--size") { Description = "Width and height in pixels: '800x500'." };
        var logX = new Option<bool?>("--log-x")
        {
            Description = "Logarithmic x axis. With --x it is by default where it suits.",
        };
        var logY = new Option<bool>("--log-y") { Description = "Logarithmic y axis." };
        var json = SharedOptions.Json();
        var command = new Command("plot", Description)
        {
            experiment,
            metric,
            x,
            y,
            over,
            at,
            where,
            stage,
            flagged,
            to,
            size,
            logX,
            logY,
            json,
        };
        command.SetAction(parsed =>
            with.WithIndex(
                (project, index) =>
                    new PlotCommand(with).Run(
                        project,
                        index,
                        parsed.GetValue(experiment),
                        new()
                        {
                            Metric = parsed.GetValue(metric),
                            X = parsed.GetValue(x),
                            Y = parsed.GetValue(y),
                            Over = ResultOptions.Names(parsed.GetValue(over)),
                            Part = ResultOptions.PartOf(parsed.GetValue(at)),
                            Where = parsed.GetValue(where),
                            Stage = parsed.GetValue(stage),
                            WithFlagged = parsed.GetValue(flagged),
                            To = parsed.GetValue(to),
                            Size = parsed.GetValue(size),
                            LogX = parsed.GetValue(logX),
                            LogY = parsed.GetValue(logY),
                        },
                        parsed.GetValue(json)
                    )
            )
        );
        return command;
    }

    /// <summary>Draws a picture into its file. Used by <c>run</c>, too, when it has ended.</summary>
    public static Checked<DrawnPicture> Draw(
        Composition with,
        ProjectFolder project,
        SubmittedExperiment experiment,
        PlotRequest request
    )
    {
        var size = request.Size is { } given ? ChartSize.Parse(given) : ChartSize.Default;
        var drawing = new PlotDrawing(experiment, request).Make();
        var problems = size.Problems.Concat(drawing.Problems).ToArray();
        if (!size.TryGet(out var pixels) || !drawing.TryGet(out var drawn))
            return Checked<DrawnPicture>.Failed(problems);
        var path = request.To is { } named
            ? Path.GetFullPath(named, with.Folder)
            : Path.Combine(project.Root, "plots", $"{experiment.Name}-{FileName(drawn)}.png");
        if (request.To is null && OwnFolder.Prepare(Path.GetDirectoryName(path)!) is { } refused)
            return refused;
        return ChartFile.Write(drawn.Chart, path, pixels) switch
        {
            ChartOutcome.Written written => drawn with { Path = path, Bytes = written.Bytes },
            ChartOutcome.Refused no => no.Problem,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private int Run(ProjectFolder project, RunIndex index, string? named, PlotRequest request, bool json)
    {
        var chosen = SubmittedExperiments.ChooseOne(index, named);
        if (!chosen.TryGet(out var name))
            return with.Terminal.Fail(chosen.Problems);
        var drawn = Draw(with, project, new(project, index, name), request);
        if (!drawn.TryGet(out var picture))
            return with.Terminal.Fail(drawn.Problems);
        if (json)
            PlotScreen.PrintJson(with.Terminal, name, picture);
        else
            PlotScreen.Print(with, name, picture);
        return ExitCode.Done;
    }

    // A metric may be called 'val/loss', which is no file name.
    private static string FileName(DrawnPicture drawn) =>
        string.Concat(
            string.Join('-', new[] { drawn.Metric, drawn.X, drawn.Y }.OfType<string>())
                .Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')
        );
}
