using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Planning;
using Expflow.Problems;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Submits a plan into the queue of a pool: all of it becomes visible to the workers in one step, and each run stands there once.</summary>
internal sealed class PoolSubmitting(Composition with, ExperimentInput.Planned planned, PoolFolder pool)
{
    private readonly Submitter submitter = new(
        planned.Project,
        Composition.Host,
        BuildVersion.Text,
        with.Time,
        with.Random
    );

    /// <summary>What the user chose.</summary>
    /// <param name="DryRun">Shows what would be put into the queue, and writes nothing.</param>
    /// <param name="Priority">The priority of all runs; null: as the file says.</param>
    /// <param name="Json">Prints JSON only.</param>
    /// <param name="Starting">Sees to it that the pool has the allocations that the file asks for; null where it asks for none.</param>
    public sealed record Choices(bool DryRun, int? Priority, bool Json, PoolStarting? Starting = null);

    /// <summary>Submits.</summary>
    /// <param name="again">Which runs that have ended are to be run again.</param>
    /// <param name="choices">What the user chose.</param>
    public async Task<int> RunAsync(Func<PlannedRun, RunHistory, bool> again, Choices choices)
    {
        var unfit = Unfit();
        if (choices.Starting is { } starting)
            unfit.AddRange(await starting.ProblemsAsync(planned.Experiment.Pool));
        if (unfit.Count > 0)
            return with.Terminal.Fail(unfit);
        if (choices.DryRun)
            return await RunLockedAsync(again, choices);
        var locked = await SubmitTurn.TakeAsync(with, planned.Project);
        if (!locked.TryGet(out var taken))
            return with.Terminal.Fail(locked.Problems);
        using (taken)
            return await RunLockedAsync(again, choices);
    }

    private async Task<int> RunLockedAsync(Func<PlannedRun, RunHistory, bool> again, Choices choices)
    {
        using var index = with.OpenIndex(planned.Project);
        try
        {
            if (!choices.DryRun)
                new PoolDrafts(planned.Project, index).Settle();
            return await RunAsync(index, again, choices);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return with.Terminal.Fail(submitter.NotWritten(refused));
        }
    }

    private async Task<int> RunAsync(RunIndex index, Func<PlannedRun, RunHistory, bool> again, Choices choices)
    {
        var known = index.Runs(planned.Experiment.Name).ToDictionary(run => run.Run.Id);
        var histories = known.ToDictionary(run => run.Key, run => run.Value.History);
        var decision = SubmissionDecision.For(planned.Plan, histories, again);
        if (AssumedRuns.NotDone(planned.Plan, decision, histories) is { Count: > 0 } missing)
            return with.Terminal.Fail(missing);
        var screen = new PoolSubmissionScreen(choices.Json ? with.Terminal.Muted() : with.Terminal);
        screen.ShowDecision(planned.Experiment.Name, decision);
        var free = new PoolPlaces(planned.Project).Nowhere(known.Values);
        if (!decision.AddsSomething && free.Count == 0)
            return await FinishAsync(screen, choices, decision, null, []);
        var code = choices.DryRun
            ? new SubmittedCode(planned.Project.Root, null)
            : await new Submitting(with).FreezeAsync(planned);
        if (!code.TryGet(out var frozen))
            return with.Terminal.Fail(code.Problems);
        var header = submitter.HeaderOf(planned.Plan, frozen);
        var events = submitter
            .Events(planned.Plan, decision, header.Submission, histories, Executor.Pool, pool.Name)
            .ToList();
        var batches = BatchesOf(header, decision, events, known, free, choices);
        if (choices.DryRun)
            return await FinishAsync(screen, choices, decision, null, batches);
        Send(header, events, batches);
        return await FinishAsync(screen, choices, decision, header.Submission, batches);
    }

    // Nobody sees the batches before the journal names their submission; a command that is killed in between leaves a draft that the next one publishes.
    private void Send(ManifestHeader header, List<JournalEvent> events, IReadOnlyList<Batch> batches)
    {
        submitter.Write(planned.Plan, header);
        try
        {
            QueueDrafts.Write(pool, header.Submission, batches);
        }
        catch (IOException)
        {
            // The manifest of what never became a submission.
            File.Delete(ManifestFile.PathOf(planned.Project.Manifests, header.Submission));
            throw;
        }
        using (var journal = JournalWriter.Open(planned.Project.Journal, Composition.Host, with.Time))
            journal.Append(events);
        QueueDrafts.Publish(pool, header.Submission);
        PoolControl.Say(pool);
    }

    private IReadOnlyList<Batch> BatchesOf(
        ManifestHeader header,
        SubmissionDecision decision,
        IEnumerable<JournalEvent> events,
        Dictionary<RunId, TrackedRun> known,
        IReadOnlyList<TrackedRun> free,
        Choices choices
    )
    {
        var runs = known.ToDictionary(run => run.Key, run => run.Value.Run);
        foreach (var run in planned.Plan.ToManifest())
            runs[run.Id] = run;
        var build = new WantedRuns(runs);
        var orders = events.OfType<JournalEvent.Requeued>().ToDictionary(order => order.Run);
        // What waits nowhere has not begun: it, too, gets the file and the code as they are now.
        var chosen = decision.New.Concat(decision.Again).Concat(free.Select(run => run.Run.Id)).ToHashSet();
        var wanted = new List<WantedRun>();
        foreach (var run in TellingOrder.Of(planned.Plan).Where(run => chosen.Contains(run.Id)))
        {
            var history = known.GetValueOrDefault(run.Id)?.History ?? RunHistory.Empty;
            if (orders.TryGetValue(run.Id, out var order))
                history = history.With(order);
            wanted.Add(build.Of(runs[run.Id], run.Stage, header, history));
        }
        var placed = wanted.Select(run => run.Run.Id).ToHashSet();
        wanted.AddRange(new EarlierRuns(planned.Project).Of(build, free.Where(run => !placed.Contains(run.Run.Id))));
        var done = known.Values.Where(run => run.History.State is RunState.Done).Select(run => run.Run.Id).ToHashSet();
        done.ExceptWith(decision.Again);
        bool IsBlocked(WantedRun run) => run.Run.Needs.Any(need => !done.Contains(need));
        return new PoolBatches(IsBlocked, choices.Priority, with.Time, with.Random).Cut(wanted);
    }

    // Each allocation is one machine.
    private List<Problem> Unfit() =>
        [
            .. planned
                .Plan.Runs.Select(run => run.Stage)
                .DistinctBy(stage => stage.Name)
                .Where(stage => stage.Resources.Nodes > 1)
                .Select(stage => new Problem(
                    $"Stage '{stage.Name}' asks for {stage.Resources.Nodes} nodes, and a worker of a pool has a part of one. Submit it to Slurm without '--pool', or ask for one node."
                )),
        ];

    // What waits already is reason enough for allocations, when they have gone since.
    private async Task<int> FinishAsync(
        PoolSubmissionScreen screen,
        Choices choices,
        SubmissionDecision decision,
        SubmissionId? submission,
        IReadOnlyList<Batch> batches
    )
    {
        var starts =
            choices is { DryRun: false, Starting: { } starting } && (batches.Count > 0 || decision.Underway.Count > 0)
                ? await starting.StartLockedAsync(planned.Experiment.Pool, new(Add: false, DryRun: false))
                : null;
        var started = starts is not null && starts.TryGet(out var result) ? result : null;
        if (choices.Json)
            PoolSubmissionScreen.PrintJson(
                with.Terminal,
                planned.Experiment.Name,
                submission,
                decision,
                pool.Name,
                batches,
                started
            );
        else if (choices.DryRun)
            screen.ShowDryRun(pool.Name, batches, planned);
        else if (submission is not null)
            screen.ShowQueued(pool.Name, batches, PoolState.Open != PoolControl.Read(pool).State, Workers(), started);
        return starts?.Problems.Count > 0 ? with.Terminal.Fail(starts.Problems) : ExitCode.Done;
    }

    // By the folders alone: a submission asks Slurm nothing.
    private int Workers() =>
        QueueContents.Of(pool).Claims.Sum(claim => claim.Reaper is null ? claim.Note?.Workers ?? 0 : 0);
}
