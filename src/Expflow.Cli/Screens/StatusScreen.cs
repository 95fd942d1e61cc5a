using Expflow.Projects;
using Expflow.Tracking;
using Spectre.Console;

namespace Expflow.Cli.Screens;

/// <summary>A table with a row a stage, then what is wrong, then what to do about it.</summary>
internal sealed class StatusScreen(Terminal terminal, ProjectFolder project)
{
    private const int MostShown = 10;

    public void Show(ExperimentStatus status)
    {
        terminal.Console.Write(TableOf(status));
        if (status.Slurm is { } slurm)
            foreach (var line in SlurmLines.Of(slurm))
                terminal.Line($"  {line}");
        foreach (var pool in status.Pools)
        foreach (var line in PoolStatusScreen.Brief(pool))
            terminal.Line($"  {line}");
        if (status.Tags.Count > 0)
            terminal.Line($"tags: {string.Join(", ", status.Tags)}");
        foreach (var note in status.Notes)
            terminal.Line($"note: {note}");
        ShowTrouble(status);
        ShowPast(status);
    }

    /// <summary>One line a run.</summary>
    public void List(IEnumerable<RunStanding> standings)
    {
        foreach (var one in standings)
            terminal.Line(LineOf(one));
    }

    private static Table TableOf(ExperimentStatus status)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(Markup.Escape(status.Experiment));
        var isOnSlurm = status.Stages.Any(stage => stage.Queued is not null);
        string[] pending = isOnSlurm ? ["queued", "waiting"] : ["pending"];
        foreach (var column in (string[])["runs", "done", "running", .. pending, "failed", "holes", "time"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var stage in status.Stages)
            AddRow(table, stage, isOnSlurm);
        if (status.Stages.Count > 1)
            AddRow(table, AllOf(status.Stages), isOnSlurm);
        return table;
    }

    private static StageStatus AllOf(IReadOnlyList<StageStatus> stages) =>
        new(
            "all",
            stages.Sum(stage => stage.Runs),
            stages.Sum(stage => stage.Done),
            stages.Sum(stage => stage.Running),
            stages.Sum(stage => stage.Pending),
            stages.Sum(stage => stage.Failed),
            stages.Sum(stage => stage.Holes),
            TimeSpan.FromSeconds(stages.Sum(stage => stage.Elapsed.TotalSeconds))
        )
        {
            Queued = stages.Sum(stage => stage.Queued),
        };

    private static void AddRow(Table table, StageStatus stage, bool isOnSlurm)
    {
        string[] pending = isOnSlurm
            ? [Text(stage.Queued ?? 0), Text(stage.Waiting ?? stage.Pending)]
            : [Text(stage.Pending)];
        table.AddRow([
            Markup.Escape(stage.Stage),
            Text(stage.Runs),
            $"[green]{Text(stage.Done)}[/]",
            Text(stage.Running),
            .. pending,
            stage.Failed > 0 ? $"[red]{Text(stage.Failed)}[/]" : "0",
            stage.Holes > 0 ? $"[yellow]{Text(stage.Holes)}[/]" : "0",
            Durations.Words(stage.Elapsed),
        ]);
    }

    private void ShowTrouble(ExperimentStatus status)
    {
        List(status.Trouble.Take(MostShown));
        if (status.Trouble.Count > MostShown)
            terminal.Line(
                $"  … and {status.Trouble.Count - MostShown:#,0} more. 'expflow verify {status.Experiment} --all' lists all."
            );
        if (status.Trouble.FirstOrDefault(one => one.State == "failed") is not { } first)
            return;
        terminal.Line();
        terminal.Line($"'expflow logs {first.Run.Run.Id.Brief}' shows what it said; it stands in");
        terminal.Line($"  {Path.Combine(project.Runs, first.Run.Run.Folder)}");
        terminal.Line($"'expflow retry {status.Experiment}' runs what failed again, with the code as it is then.");
    }

    private void ShowPast(ExperimentStatus status)
    {
        if (status.Older > 0)
            terminal.Line(
                $"{DecisionText.Count(status.Older, "run")} done with older code than the newest submission's. 'expflow run FILE --fresh' runs everything again."
            );
        if (status.LeftBehind > 0)
            terminal.Line(
                $"{DecisionText.Count(status.LeftBehind, "run")} of earlier submissions never got done, and the experiment no longer asks for them."
            );
    }

    private static string LineOf(RunStanding one)
    {
        var reason = one.Reason is { } why ? $": {why}" : "";
        return $"  {one.State, -9} {one.Run.Run.Id.Brief}  {RunNames.Of(one.Run.Run)}{reason}";
    }

    private static string Text(int number) => number.ToString("#,0");
}
