using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;

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
        command.SetAction(
            async (parsed, _) => await new ExplainCommand(with).RunAsync(parsed.GetValue(run)!, parsed.GetValue(json))
        );
        return command;
    }

    private async Task<int> RunAsync(string[] words, bool json)
    {
        var project = with.FindProject();
        if (!project.TryGet(out var found))
            return with.Terminal.Fail(project.Problems);
        using var index = with.OpenIndex(found);
        var chosen = RunWords.One(index, words);
        if (!chosen.TryGet(out var run))
            return with.Terminal.Fail(chosen.Problems);
        using var slurm = new SlurmReading(with, found, index);
        var view = await slurm.LookAsync([run.Experiment]);
        var pools = await new PoolReading(with, found, index, slurm).LookAsync([run.Experiment]);
        var reading = new StatusReading(found, index, view, pools);
        var standing = reading.Of(index.Runs(run.Experiment)).First(one => one.Run.Run.Id == run.Run.Id);
        var decision = await DecisionForAsync(found, index, standing.Run);
        return Show(found, standing, decision, reading.OnSlurm(standing), json);
    }

    // Slurm is asked for its limits only where they may matter: where more is to be asked for.
    private async Task<RecoveryDecision?> DecisionForAsync(ProjectFolder project, RunIndex index, TrackedRun run)
    {
        var recovery = new LocalRecovery(with, project);
        var decision = recovery.DecisionFor(index, run, _ => RetryLimits.Unknown);
        return
            decision is RecoveryDecision.Again { Cause: "out_of_memory" or "timed_out" }
            && index.ExecutorOf(run.Submission) == Executor.Slurm
            && SlurmSite.Find(with) is not null
            && await SlurmCeilings.ReadAsync(with.Slurm().With(SlurmPatience.Short)) is { } ceilings
            ? recovery.DecisionFor(index, run, ceilings.For)
            : decision;
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

    // Several may have told of one end: its agent, and whoever asked Slurm for the reason. Only what the run's state follows is told.
    private static void KeepWhatHolds(List<JournalEvent> events)
    {
        var ends = events
            .OfType<JournalEvent.AttemptEnded>()
            .GroupBy(ended => ended.Attempt)
            .Select(ends =>
                ends.OrderBy(ended => ended.Token, StringComparer.Ordinal)
                    .ThenBy(ended => ended.Outcome)
                    .ThenBy(ended => ended.At)
                    .First()
            )
            .ToHashSet();
        events.RemoveAll(happened => happened is JournalEvent.AttemptEnded ended && !ends.Contains(ended));
    }

    private static bool IsOf(TrackedRun run, JournalEvent happened) =>
        happened is JournalEvent.Held held
            ? held.Experiment == run.Experiment && held.Stage == run.Run.Stage
            : RunLedger.RunOf(happened) == run.Run.Id;

    private int Show(
        ProjectFolder project,
        RunStanding standing,
        RecoveryDecision? decision,
        SlurmStanding? slurm,
        bool json
    )
    {
        var events = new JournalFolder(project.Journal)
            .ReadNew()
            .Events.Where(happened => IsOf(standing.Run, happened))
            .OrderBy(PlaceOf)
            .ThenBy(happened => happened.At)
            .ToList();
        KeepWhatHolds(events);
        if (json)
            ExplanationScreen.PrintJson(with.Terminal, standing, decision, slurm, events);
        else
            ExplanationScreen.Print(with.Terminal, project, standing, decision, slurm, events);
        return ExitCode.Done;
    }
}
