using Expflow.Cli.Commands;
using Expflow.Tracking;

namespace Expflow.Cli.Screens;

/// <summary>What a retry will run again, before it does.</summary>
internal sealed class RetryScreen(Terminal terminal)
{
    private const int MostShown = 10;

    public void Show(string file, RetryChoice choice)
    {
        if (choice.Count == 0 && choice.Lost.Count == 0)
            terminal.Line("Nothing to run again.");
        List(choice.Again, runs => $"{runs} to run again:");
        List(
            [.. choice.Replaced.Select(pair => pair.Before)],
            runs => $"{runs} to run anew, since '{file}' has changed and so they are other runs:"
        );
        if (choice.Never > 0)
            terminal.Line($"{DecisionText.Count(choice.Never, "run")} never submitted before");
        List(choice.Lost, runs => $"{runs} that '{file}' no longer asks for, left alone:");
    }

    private void List(IReadOnlyList<TrackedRun> runs, Func<string, string> title)
    {
        if (runs.Count == 0)
            return;
        terminal.Line(title(DecisionText.Count(runs.Count, "run")));
        foreach (var run in runs.Take(MostShown))
            terminal.Line($"  {run.Run.Id.Brief}  {RunNames.Of(run.Run)}{ReasonOf(run)}");
        if (runs.Count > MostShown)
            terminal.Line($"  … and {runs.Count - MostShown:#,0} more");
    }

    private static string ReasonOf(TrackedRun run) =>
        run.History.State switch
        {
            RunState.Failed failed => $": {failed.Attempt.Reason}",
            RunState.Cancelled => ": cancelled",
            RunState.Done { Attempt.Flags: { Count: > 0 } flags } =>
                $": {string.Join("; ", flags.Select(flag => flag.Words))}",
            _ => "",
        };
}
