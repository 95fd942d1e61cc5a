using System.Globalization;
using Expflow.Cli.Commands;
using Expflow.Experiments;
using Expflow.Planning;

namespace Expflow.Cli.Screens;

/// <summary>What would run: counts, a row a stage, the cost at most, and a few runs with their commands.</summary>
internal sealed class PlanScreen(Terminal terminal, PlanSummary summary)
{
    public void Show(int examples)
    {
        var planned = summary.Planned;
        terminal.Line(
            $"{planned.Experiment.Name}: {DecisionText.Count(planned.Plan.Points, "point")}{LeftOut()}, {DecisionText.Of(summary.Decision)}"
        );
        if (planned.Plan.Runs.Count == 0)
            return;
        terminal.Line();
        PlainTable.Print(
            terminal,
            [
                "stage",
                ">runs",
                ">new",
                ">done",
                ">underway",
                ">failed",
                "needs",
                ">nodes",
                ">cpus",
                ">memory",
                ">gpus",
                ">walltime",
            ],
            [.. summary.Stages.Select(Row)]
        );
        terminal.Line();
        ShowCost();
        ShowExamples(examples);
    }

    private string LeftOut() =>
        summary.Planned.Expansion.Excluded is > 0 and var excluded ? $" ({excluded:#,0} excluded)" : "";

    private static string[] Row(PlanSummary.StageSummary stage)
    {
        var resources = stage.Stage.Resources;
        return
        [
            stage.Stage.Name,
            Text(stage.Runs),
            stage.New == stage.Runs ? "" : Text(stage.New),
            Some(stage.Done),
            Some(stage.Underway),
            Some(stage.Failed),
            string.Join(", ", stage.Stage.Needs),
            resources.Nodes is { } nodes ? Text(nodes) : "",
            Text(resources.Cpus ?? 1),
            resources.Memory?.ToString() ?? "",
            resources.Gpus?.ToString() ?? "",
            resources.Walltime?.ToString() ?? "",
        ];
    }

    private void ShowCost()
    {
        if (summary.Decision.New.Count == 0)
        {
            terminal.Line("Nothing is new: 'expflow run' would submit nothing.");
            return;
        }
        var widest = summary.Stages.MaxBy(stage => stage.New)!;
        terminal.Line($"All new runs of '{widest.Stage.Name}' at once: {AtOnce(widest.Stage.Resources, widest.New)}.");
        terminal.Line($"At most, one attempt each: {CostText.Hours(summary.Cost)}");
        if (CostText.Chain(summary.Stages.Where(stage => stage.New > 0).Select(stage => stage.Stage)) is { } chain)
            terminal.Line(chain);
    }

    private static string AtOnce(Resources resources, int runs)
    {
        // As a real number: nothing that anybody asks for makes it overflow.
        var times = (double)runs * (resources.Nodes ?? 1);
        var cores = times * (resources.Cpus ?? 1);
        var parts = new List<string> { $"{cores:#,0} {(cores > 1 ? "cores" : "core")}" };
        if (resources.Memory is { } memory)
            parts.Add($"{times * memory.Bytes / (1 << 30):#,0.#} GiB");
        if (resources.Gpus is { Count: > 0 } gpus)
            parts.Add($"{times * gpus.Count:#,0} GPUs");
        return string.Join(", ", parts);
    }

    private void ShowExamples(int ofEach)
    {
        var commands = new PlannedCommands(summary.Planned);
        var shown = 0;
        foreach (var run in summary.Examples(ofEach))
        {
            terminal.Line();
            terminal.Line(Title(run));
            foreach (var line in commands.CommandOf(run).Split('\n'))
                terminal.Line($"    {line}");
            shown++;
        }
        if (commands.NamesSnapshot)
            terminal.Line($"\n'{PlannedCommands.Snapshot}' stands for the code as it is frozen when submitted.");
        if (shown > 0 && shown < summary.Planned.Plan.Runs.Count)
            terminal.Line(
                $"\n… and {summary.Planned.Plan.Runs.Count - shown:#,0} more; '--all' shows every one of them."
            );
    }

    private string Title(PlannedRun run)
    {
        var state = summary.StateOf(run.Id);
        var folder = Path.GetFileName(summary.Planned.Plan.FolderOf(run));
        return $"  {run.Stage.Name}/{folder}{(state == "new" ? "" : $"  ({state})")}";
    }

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Some(int number) => number == 0 ? "" : Text(number);
}
