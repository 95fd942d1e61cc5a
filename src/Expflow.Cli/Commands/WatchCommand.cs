using System.CommandLine;
using System.Runtime.InteropServices;
using Expflow.Cli.Screens;
using Expflow.Journal;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow watch</c>: follows the runs of an experiment, and leaves them alone unless it is told to recover them.</summary>
internal sealed class WatchCommand(Composition with, ProjectFolder project)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private const int FailuresShown = 3;

    private readonly Queue<string> failures = new();
    private volatile bool left;

    public static Command Create(Composition with)
    {
        var experiment = SharedOptions.Experiment();
        var recover = new Option<bool>("--recover")
        {
            Description = "Do what 'expflow recover' does whenever something has failed, as long as this runs.",
        };
        var json = SharedOptions.Json();
        var command = new Command(
            "watch",
            "Follow the runs of an experiment until nothing more can happen. Ctrl-C leaves the view; the runs go on.\n\nExample: expflow watch digits"
        )
        {
            experiment,
            recover,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var found = with.FindProject();
                return found.TryGet(out var project)
                    ? await new WatchCommand(with, project).RunAsync(
                        parsed.GetValue(experiment),
                        parsed.GetValue(recover),
                        parsed.GetValue(json)
                    )
                    : with.Terminal.Fail(found.Problems);
            }
        );
        return command;
    }

    private async Task<int> RunAsync(string? named, bool recover, bool json)
    {
        string experiment;
        IReadOnlyList<TrackedRun> runs;
        using (var index = with.OpenIndex(project))
        {
            var chosen = SubmittedExperiments.ChooseOne(index, named);
            if (!chosen.TryGet(out var name))
                return with.Terminal.Fail(chosen.Problems);
            experiment = name;
            runs = [.. new StatusReading(project, index).All(name).Select(one => one.Run)];
        }
        var screen = new ProgressScreen(json ? with.Terminal.Muted() : with.Terminal, with.Time);
        using var slurm = SlurmFollowing.Of(with, project, experiment);
        using var pools = PoolFollowing.Of(with, project, experiment);
        var recovery = recover ? new ContinuousRecovery(with, project, experiment) : null;
        if (!await FollowAsync(runs, screen, slurm, pools, recovery) && !left)
            with.Terminal.Complain(
                slurm is null && pools is null
                    ? "No agent is at work on this machine: what is pending waits. 'expflow run FILE' goes on."
                    : $"Nothing more will happen by itself. 'expflow status {experiment} --show pending' says what is missing."
            );
        return left ? ExitCode.Interrupted : new Ending(with, project).Show(experiment, json);
    }

    // False when nothing more comes although runs are pending.
    private async Task<bool> FollowAsync(
        IReadOnlyList<TrackedRun> runs,
        ProgressScreen screen,
        SlurmFollowing? slurm,
        PoolFollowing? pools,
        ContinuousRecovery? recovery
    )
    {
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        using var timer = new PeriodicTimer(Interval, with.Time);
        var names = runs.ToDictionary(run => run.Run.Id, run => RunNames.Of(run.Run));
        var progress = new RunProgress(runs.Select(run => (run.Run.Id, run.Run.Stage, run.Run.Needs)));
        var journal = new JournalFolder(project.Journal);
        var isLastLook = false;
        while (true)
        {
            // Before the journal is read: what an agent says before it ends is then never missed.
            var isAlive = FileLock.Holder(project.LocalLock) is not null;
            if (slurm is not null)
                await slurm.TickAsync();
            if (pools is not null)
                await pools.TickAsync();
            isAlive |= slurm?.IsAlive == true || pools?.IsAlive == true;
            var events = journal.ReadNew().Events;
            progress.Add(events);
            Note(events, names);
            screen.Below = [.. failures];
            if (recovery is not null && events.Any(IsFailure))
                recovery.Note();
            screen.Aside = [.. slurm?.Lines ?? [], .. pools?.Lines ?? [], .. recovery?.Lines ?? []];
            var isOver = progress.IsSettled() || !isAlive;
            if (recovery is not null && !left && await recovery.TickAsync(isOver))
            {
                slurm?.Wake();
                continue;
            }
            // Whoever recovers here has just sent out all that a sentinel could.
            isOver = isOver && (recovery is not null || !await MayGoOnAsync(progress, slurm));
            if (left || (isOver && (slurm is null || recovery is not null || isLastLook)))
            {
                screen.Finish(progress);
                return progress.IsSettled();
            }
            // A sentinel that has just ended has written down what it sent out.
            isLastLook = isOver;
            screen.Show(progress);
            await timer.WaitForNextTickAsync();
        }
    }

    private static bool IsFailure(JournalEvent happened) =>
        happened is JournalEvent.AttemptEnded { Outcome: AttemptOutcome.Failed };

    private static async Task<bool> MayGoOnAsync(RunProgress progress, SlurmFollowing? slurm) =>
        slurm is not null && progress.Done < progress.Runs && await slurm.HasSentinelAsync();

    private void Note(IReadOnlyList<JournalEvent> events, Dictionary<RunId, string> names)
    {
        foreach (var ended in events.OfType<JournalEvent.AttemptEnded>())
        {
            if (ended.Outcome != AttemptOutcome.Failed || !names.TryGetValue(ended.Run, out var name))
                continue;
            failures.Enqueue($"{ended.Run.Brief}  {name}: {ended.Reason}");
            if (failures.Count > FailuresShown)
                failures.Dequeue();
        }
    }

    private void Leave(PosixSignalContext signal)
    {
        signal.Cancel = true;
        left = true;
    }
}
