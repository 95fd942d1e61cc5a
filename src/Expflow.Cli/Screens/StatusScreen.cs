using Expflow.Projects;
using Expflow.Tracking;
using Spectre.Console;

namespace Expflow.Cli.Screens;

/// <summary>A table with a row a stage, then what is wrong, then what to do about it.</summary>
internal sealed class StatusScreen(Terminal terminal, ProjectFolder project)
{
    private const int MostShown = 10;

    public void Show(string experiment, IReadOnlyList<RunStanding> standings)
    {
        terminal.Console.Write(TableOf(experiment, standings));
        ShowTrouble(experiment, standings);
    }

    private static Table TableOf(string experiment, IReadOnlyList<RunStanding> standings)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(Markup.Escape(experiment));
        foreach (var column in (ReadOnlySpan<string>)["runs", "done", "running", "pending", "failed", "holes", "time"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var stage in standings.GroupBy(one => one.Run.Run.Stage))
            AddRow(table, Markup.Escape(stage.Key), [.. stage]);
        if (standings.Select(one => one.Run.Run.Stage).Distinct().Count() > 1)
            AddRow(table, "all", standings);
        return table;
    }

    private static void AddRow(Table table, string name, IReadOnlyList<RunStanding> standings)
    {
        var failed = Count(standings, "failed") + Count(standings, "cancelled");
        var holes = standings.Count(one => one.IsHole);
        var time = TimeSpan.FromSeconds(standings.Sum(one => one.Run.History.Ended?.Elapsed ?? 0));
        table.AddRow(
            name,
            Text(standings.Count),
            $"[green]{Text(Count(standings, "done"))}[/]",
            Text(Count(standings, "running")),
            Text(Count(standings, "pending")),
            failed > 0 ? $"[red]{Text(failed)}[/]" : "0",
            holes > 0 ? $"[yellow]{Text(holes)}[/]" : "0",
            Durations.Words(time)
        );
    }

    private void ShowTrouble(string experiment, IReadOnlyList<RunStanding> standings)
    {
        var trouble = standings.Where(one => one.Reason is not null).ToList();
        foreach (var one in trouble.Take(MostShown))
            terminal.Line($"  {one.State, -9} {one.Run.Run.Id.Brief}  {NameOf(one)}: {one.Reason}");
        if (trouble.Count > MostShown)
            terminal.Line($"  … and {trouble.Count - MostShown} more. 'expflow verify {experiment}' lists all.");
        if (trouble.FirstOrDefault(one => one.State == "failed") is { } first)
        {
            terminal.Line();
            terminal.Line($"'expflow logs {first.Run.Run.Id.Brief}' shows what it said; it stands in");
            terminal.Line($"  {Path.Combine(project.Runs, first.Run.Run.Folder)}");
            terminal.Line($"'expflow retry {experiment}' runs what failed again, with the code as it is then.");
        }
    }

    private static string NameOf(RunStanding standing)
    {
        var folder = Path.GetFileName(standing.Run.Run.Folder);
        var dash = folder.LastIndexOf('-');
        return dash < 0 ? standing.Run.Run.Stage : $"{standing.Run.Run.Stage} {folder[..dash]}";
    }

    private static int Count(IReadOnlyList<RunStanding> standings, string state) =>
        standings.Count(one => one.State == state);

    private static string Text(int number) => number.ToString("#,0");
}
