using Expflow.Cli.Screens;
using Expflow.Exports;
using Expflow.Projects;
using Expflow.Results;
using Expflow.Sweeps;

namespace Expflow.Cli.Commands;

/// <summary>What came out, shown when an experiment has come to its end: the table over seeds, the best setting, a picture, the exported files.</summary>
internal sealed class ResultsAtEnd(Composition with, ProjectFolder project, SubmittedExperiment experiment)
{
    private const int MostRows = 20;
    private const int MostLines = 24;

    /// <summary>Shows it; nothing when no run has brought a metric.</summary>
    public void Show()
    {
        if (!experiment.Table(LastStage(), leftBehind: false).TryGet(out var runs) || runs.Metrics.Count == 0)
            return;
        var metric = MetricChoice.Default(runs, experiment.RequiredMetrics)!;
        // A required accuracy tells settings apart better than the loss that is required with it.
        var judged =
            experiment.RequiredMetrics.FirstOrDefault(name => BestKey.GuessHighest(name) && runs.Metrics.Contains(name))
            ?? metric;
        var answer = ResultsQuery.Answer(
            runs,
            new()
            {
                Over = Seeds.Among(runs.Varying),
                Sort = BestKey.GuessHighest(judged) ? $"{judged}:desc" : judged,
                Best = judged,
                Limit = MostRows,
            }
        );
        if (!answer.TryGet(out var report) || report.Done == 0)
            return;
        with.Terminal.Line();
        ResultsScreen.Print(
            with.Terminal,
            LastStage() is { } stage ? $"{experiment.Name}, stage {stage}" : experiment.Name,
            report
        );
        if (report.Rows <= MostLines)
            Draw(metric);
        Export(runs);
    }

    // The stage at the end of the pipeline that reports anything: its numbers are what the experiment is for.
    private string? LastStage()
    {
        var stages = experiment.Runs.Select(run => run.Run.Stage).Distinct().ToArray();
        return stages.Length < 2
            ? null
            : experiment.Runs.LastOrDefault(run => run.History.Ended?.Metrics is { Length: > 2 })?.Run.Stage;
    }

    private void Draw(string metric)
    {
        var drawn = PlotCommand.Draw(with, project, experiment, new() { Metric = metric, Stage = LastStage() });
        if (drawn.TryGet(out var picture))
            with.Terminal.Line($"Learning curves: {ShownPath.Of(picture.Path, with.Folder)}");
        foreach (var problem in drawn.Problems)
            with.Terminal.Warn($"No picture: {problem}");
    }

    private void Export(RunTable shown)
    {
        var folder = Path.Combine(project.Root, "exports");
        if (OwnFolder.Prepare(folder) is { } refused)
        {
            with.Terminal.Warn($"{refused}");
            return;
        }
        var runs = experiment.Table(stage: null).TryGet(out var all) ? all : shown;
        var place = new ExportPlace(Path.Combine(folder, experiment.Name), ExportFormat.Csv);
        switch (ExportCommand.Write(with, experiment, runs, place, metrics: true))
        {
            case ExportOutcome.Written written:
                Say(written.Files);
                break;
            case ExportOutcome.Unchanged unchanged:
                Say(unchanged.Files);
                break;
            case ExportOutcome.Failed failed:
                with.Terminal.Warn($"{failed.Problem}");
                break;
        }
    }

    private void Say(IReadOnlyList<ExportedFile> files) =>
        with.Terminal.Line(
            $"Exported: {ShownPath.Of(files[0].Path, with.Folder)}, with metrics step by step and what each column means beside it."
        );
}
