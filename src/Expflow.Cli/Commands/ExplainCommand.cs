using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow explain</c>: what happened to a run, attempt by attempt.</summary>
internal sealed class ExplainCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var run = new Argument<string[]>("run") { Description = RunWords.Description, Arity = ArgumentArity.OneOrMore };
        var json = SharedOptions.Json();
        var command = new Command(
            "explain",
            "Tell what happened to a run, attempt by attempt, and what comes next.\n\nExample: expflow explain 1f3a9c"
        )
        {
            run,
            json,
        };
        command.SetAction(parsed =>
            with.WithIndex(
                (project, index) =>
                {
                    var chosen = RunWords.One(index, parsed.GetValue(run)!);
                    if (!chosen.TryGet(out var found))
                        return with.Terminal.Fail(chosen.Problems);
                    var standing = new StatusReading(project, index)
                        .Standings.Of(index.Runs(found.Experiment))
                        .First(one => one.Run.Run.Id == found.Run.Id);
                    var decision = new LocalRecovery(with, project).DecisionFor(index, found);
                    return new ExplainCommand(with).Show(project, standing, decision, parsed.GetValue(json));
                }
            )
        );
        return command;
    }

    // Clocks of several writers can't be compared; attempts and the orders that follow them can.
    private static (int Attempt, int Step) PlaceOf(JournalEvent happened) =>
        happened switch
        {
            JournalEvent.AttemptStarted started => (started.Attempt, 0),
            JournalEvent.AttemptEnded ended => (ended.Attempt, 1),
            JournalEvent.Requeued requeued => (requeued.After, 2),
            _ => (int.MaxValue, 0),
        };

    private static bool IsOf(TrackedRun run, JournalEvent happened) =>
        happened is JournalEvent.Held held
            ? held.Experiment == run.Experiment && held.Stage == run.Run.Stage
            : RunLedger.RunOf(happened) == run.Run.Id;

    private int Show(ProjectFolder project, RunStanding standing, RecoveryDecision? decision, bool json)
    {
        var events = new JournalFolder(project.Journal)
            .ReadNew()
            .Events.Where(happened => IsOf(standing.Run, happened))
            .OrderBy(PlaceOf)
            .ThenBy(happened => happened.At)
            .ToList();
        if (json)
            ExplanationScreen.PrintJson(with.Terminal, standing, decision, events);
        else
            ExplanationScreen.Print(with.Terminal, project, standing, decision, events);
        return ExitCode.Done;
    }
}
