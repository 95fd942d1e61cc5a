using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Planning;
using Expflow.Problems;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Submits a plan to Slurm: everything is looked at before the first <c>sbatch</c>, and Slurm has all of it or nothing.</summary>
internal sealed class SlurmSubmitting(Composition with, SlurmSite site, ExperimentInput.Planned planned)
{
    // Above this a typing error is dear enough to ask.
    private const int ManyJobs = 1000;
    private const double ManyGpuHours = 1000;
    private const double ManyCpuHours = 20_000;

    private readonly Dispatching dispatching = new(with, planned.Project, site);
    private readonly Submitter submitter = new(
        planned.Project,
        Composition.Host,
        BuildVersion.Text,
        with.Time,
        with.Random
    );

    /// <summary>What the user chose.</summary>
    /// <param name="DryRun">Shows what would be called, and writes nothing.</param>
    /// <param name="Yes">Doesn't ask.</param>
    /// <param name="Recover">Leaves a sentinel job behind that recovers what fails.</param>
    /// <param name="Json">Prints JSON only.</param>
    public sealed record Choices(bool DryRun, bool Yes, bool Recover, bool Json);

    /// <summary>Submits.</summary>
    /// <param name="again">Which runs that have ended are to be run again.</param>
    /// <param name="choices">What the user chose.</param>
    public async Task<int> RunAsync(Func<PlannedRun, RunHistory, bool> again, Choices choices)
    {
        if (planned.Project.Root.Contains('\\', StringComparison.Ordinal))
            return with.Terminal.Fail(
                new Problem(
                    $"'{planned.Project.Root}' has a backslash in it, and Slurm finds no log under such a path: its jobs would fail without a word. Rename the folder, or use 'expflow run'."
                )
            );
        if (choices.DryRun)
            return await RunLockedAsync(again, choices);
        var locked = await dispatching.LockAsync();
        if (!locked.TryGet(out var taken))
            return with.Terminal.Fail(locked.Problems);
        using (taken)
            return await RunLockedAsync(again, choices);
    }

    private async Task<int> RunLockedAsync(Func<PlannedRun, RunHistory, bool> again, Choices choices)
    {
        using var index = with.OpenIndex(planned.Project);
        if (!choices.DryRun && await dispatching.SettleAsync(index) is { Problems: { Count: > 0 } problems })
            return with.Terminal.Fail(problems);
        var known = index.Runs(planned.Experiment.Name).ToDictionary(run => run.Run.Id);
        var histories = known.ToDictionary(run => run.Key, run => run.Value.History);
        var decision = SubmissionDecision.For(planned.Plan, histories, again);
        if (AssumedRuns.NotDone(planned.Plan, decision, histories) is { Count: > 0 } missing)
            return with.Terminal.Fail(missing);
        var screen = new SubmissionScreen(choices.Json ? with.Terminal.Muted() : with.Terminal);
        screen.ShowDecision(planned.Experiment.Name, decision);
        var unsent = known.Values.Where(run => Dispatching.IsUnsent(index, run)).ToList();
        if (!decision.AddsSomething && unsent.Count == 0)
            return Finish(choices, decision, null, null, null);
        var code = choices.DryRun
            ? new SubmittedCode(planned.Project.Root, null)
            : await new Submitting(with).FreezeAsync(planned);
        return code.TryGet(out var frozen)
            ? await SendAsync(screen, choices, decision, frozen, index, known, histories, unsent)
            : with.Terminal.Fail(code.Problems);
    }

    private async Task<int> SendAsync(
        SubmissionScreen screen,
        Choices choices,
        SubmissionDecision decision,
        SubmittedCode code,
        RunIndex index,
        Dictionary<RunId, TrackedRun> known,
        Dictionary<RunId, RunHistory> histories,
        IReadOnlyList<TrackedRun> unsent
    )
    {
        var header = submitter.HeaderOf(planned.Plan, code);
        var events = submitter
            .Events(planned.Plan, decision, header.Submission, histories, Executor.Slurm)
            .Where(happened => decision.AddsSomething)
            .ToList();
        var now = with.Time.GetUtcNow();
        var behind = Dependants.Of(decision.Again, known.Values);
        var orders = behind.ToDictionary(run => run.Run.Id, run => Dependants.OrderOf(run, now));
        var moved = behind.Select(run => run with { History = run.History.With(orders[run.Run.Id]) });
        var wanted = Wanted(header, decision, events, known, unsent, [.. moved]);
        var jobs = Dispatching.JobsOf(index, planned.Experiment.Name);
        var drafted = await dispatching.DraftAsync(index, planned.Experiment.Name, wanted, choices.Recover);
        if (!drafted.TryGet(out var draft))
            return with.Terminal.Fail(drafted.Problems);
        screen.ShowCost(draft, StagesOf(wanted));
        screen.ShowBehind(behind.Count);
        if (choices.DryRun)
        {
            screen.ShowDryRun(draft, dispatching.ScriptOf(draft.Limits), planned.Project);
            return Finish(choices, decision, null, draft, null);
        }
        if (!choices.Yes && IsMuch(draft, wanted) && Refuses(choices) is { } code1)
            return code1;
        if (await TakeBackAsync(behind, [.. orders.Values], jobs) is { } trouble)
            return with.Terminal.Fail(trouble);
        return await SendAsync(screen, choices, decision, header, events, draft, wanted[0].Stage.Resources);
    }

    // The orders come first: should anything go wrong from here on, these runs wait to be sent, and nothing waits for what will never come.
    private async Task<Problem?> TakeBackAsync(
        IReadOnlyList<TrackedRun> behind,
        IReadOnlyList<JournalEvent> orders,
        Dictionary<ArrayId, SlurmJob> jobs
    )
    {
        if (behind.Count == 0)
            return null;
        try
        {
            using var journal = JournalWriter.Open(planned.Project.Journal, Composition.Host, with.Time);
            journal.Append(orders);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return submitter.NotWritten(refused);
        }
        return await dispatching.TakeBackAsync(behind, jobs) is { } words ? new Problem(words) : null;
    }

    private async Task<int> SendAsync(
        SubmissionScreen screen,
        Choices choices,
        SubmissionDecision decision,
        ManifestHeader header,
        List<JournalEvent> events,
        Dispatching.Draft draft,
        Resources like
    )
    {
        try
        {
            if (decision.AddsSomething)
                submitter.Write(planned.Plan, header);
            var outcome = await dispatching.SendAsync(draft, events);
            if (outcome is not SendOutcome.Sent sent)
                return Fail(outcome, header);
            screen.ShowSent(sent, draft);
            if (choices.Recover || draft.Later.Count > 0)
                screen.ShowSentinel(await LeaveSentinelAsync(choices, sent, like), choices.Recover, draft.Later.Count);
            return Finish(choices, decision, header.Submission, draft, sent);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return with.Terminal.Fail(submitter.NotWritten(refused));
        }
    }

    private Task<SentinelPost.Outcome> LeaveSentinelAsync(Choices choices, SendOutcome.Sent sent, Resources like) =>
        new SentinelPost(with, planned.Project, site).LeaveAsync(
            planned.Experiment.Name,
            choices.Recover ? SentinelDuty.Recover : SentinelDuty.Feed,
            like,
            [.. sent.Arrays.Select(array => array.Job.Id)]
        );

    private List<WantedRun> Wanted(
        ManifestHeader header,
        SubmissionDecision decision,
        IEnumerable<JournalEvent> events,
        Dictionary<RunId, TrackedRun> known,
        IReadOnlyList<TrackedRun> unsent,
        IReadOnlyList<TrackedRun> moved
    )
    {
        var runs = known.ToDictionary(run => run.Key, run => run.Value.Run);
        foreach (var run in planned.Plan.ToManifest())
            runs[run.Id] = run;
        var build = new WantedRuns(runs);
        var ledger = events.OfType<JournalEvent.Requeued>().ToDictionary(again => again.Run);
        var behind = moved.ToDictionary(run => run.Run.Id, run => run.History);
        // What waited for a run that goes out anew has not begun: it, too, gets the file and the code as they are now.
        var chosen = decision.New.Concat(decision.Again).Concat(behind.Keys).ToHashSet();
        var wanted = new List<WantedRun>();
        foreach (var run in planned.Plan.Runs.Where(run => chosen.Contains(run.Id)))
        {
            var history =
                behind.GetValueOrDefault(run.Id) ?? known.GetValueOrDefault(run.Id)?.History ?? RunHistory.Empty;
            if (ledger.TryGetValue(run.Id, out var requeued))
                history = history.With(requeued);
            wanted.Add(build.Of(runs[run.Id], run.Stage, header, history));
        }
        var placed = wanted.Select(run => run.Run.Id).ToHashSet();
        var rest = unsent.Concat(moved).Where(run => !placed.Contains(run.Run.Id));
        wanted.AddRange(new EarlierRuns(planned.Project).Of(build, rest));
        return wanted;
    }

    private static (Stage Stage, int Runs)[] StagesOf(IReadOnlyList<WantedRun> wanted) =>
        [.. wanted.GroupBy(run => run.Stage).Select(stage => (stage.Key, stage.Count()))];

    private static bool IsMuch(Dispatching.Draft draft, IReadOnlyList<WantedRun> wanted) =>
        draft.Tasks > ManyJobs
        || PlanCost.Of(StagesOf(wanted)) is { } cost && (cost.GpuHours > ManyGpuHours || cost.CpuHours > ManyCpuHours);

    private int? Refuses(Choices choices)
    {
        if (!with.Terminal.Interactive || choices.Json)
            return with.Terminal.Fail(
                new Problem("This asks for much. Nothing was submitted; add '--yes' to submit it without a question.")
            );
        with.Terminal.Out.Write("Submit? [y/N] ");
        with.Terminal.Flush();
        if (Console.ReadLine()?.Trim() is "y" or "Y" or "yes")
            return null;
        with.Terminal.Line("Nothing was submitted.");
        return ExitCode.Done;
    }

    private int Fail(SendOutcome outcome, ManifestHeader header)
    {
        // The manifest of what never became a submission.
        File.Delete(ManifestFile.PathOf(planned.Project.Manifests, header.Submission));
        return with.Terminal.Fail(SendProblems.Of(outcome));
    }

    private int Finish(
        Choices choices,
        SubmissionDecision decision,
        SubmissionId? submission,
        Dispatching.Draft? draft,
        SendOutcome.Sent? sent
    )
    {
        if (choices.Json)
            SubmissionJson.Print(with.Terminal, planned.Experiment.Name, submission, decision, draft, sent);
        return ExitCode.Done;
    }
}
