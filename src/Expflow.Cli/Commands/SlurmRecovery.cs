using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Recovery of runs that Slurm carries out: what goes out again is one new array for each cause, and what waits for it goes out behind it.</summary>
internal sealed class SlurmRecovery(Composition with, ProjectFolder project, SlurmSite site)
{
    private readonly Dispatching dispatching = new(with, project, site);
    private SlurmCeilings? ceilings;

    /// <summary>Looks at what Slurm says now, and decides.</summary>
    /// <param name="index">The index; what nobody else could say of ends is in the journal and in it afterwards.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="all">Also what the site cancelled, and what is held.</param>
    /// <returns>The decisions; a problem when Slurm doesn't answer: then nothing can be known to be in no queue.</returns>
    public async Task<Checked<RecoveryPlan>> PlanAsync(RunIndex index, string experiment, bool all)
    {
        using var slurm = new SlurmReading(with, project, index);
        var view = await slurm.LookAsync([experiment], force: true);
        if (view.Look.Trouble is { } trouble)
            return Silent(trouble);
        ceilings ??= await SlurmCeilings.ReadAsync(site.Client);
        if (ceilings is null)
            return Silent("'scontrol show partition' got no answer");
        var submitted = new SubmittedExperiment(project, index, experiment);
        var runs = new StatusReading(project, index, view).All(experiment);
        return RecoveryPlan.For(
            new RecoverySight(project, submitted).RequestOf(
                [.. runs.Select(one => one.Run)],
                run => PlaceOf(run, view.Of(run)),
                ceilings.For,
                all
            ) with
            {
                HeldStages = HeldStages(experiment, view, runs),
            }
        );
    }

    private static Problem Silent(string trouble) =>
        new($"Slurm could not be asked: {trouble}. Nothing was done; try again when 'squeue' answers.");

    // A journal is long, and few have a stage that was held. Whoever held a job by hand has a reason that is not ours.
    private HashSet<string> HeldStages(string experiment, SlurmView view, IReadOnlyList<RunStanding> runs) =>
        runs.Any(one => PlaceOf(one.Run, view.Of(one.Run)) == QueuePlace.Held)
            ?
            [
                .. new JournalFolder(project.Journal)
                    .ReadNew()
                    .Events.OfType<JournalEvent.Held>()
                    .Where(held => held.Experiment == experiment)
                    .Select(held => held.Stage),
            ]
            : [];

    /// <summary>Has it done. The caller holds the lock.</summary>
    /// <returns>What came of it, in a sentence.</returns>
    public async Task<Checked<string>> CarryOutAsync(
        RunIndex index,
        string experiment,
        RecoveryPlan plan,
        bool leavesSentinel
    )
    {
        var jobs = Dispatching.JobsOf(index, experiment);
        if (await HoldAsync(plan, jobs) is { } trouble)
            return new Problem(trouble);
        var orders = plan.Events(with.Time.GetUtcNow()).ToList();
        var held = plan.Holds.SelectMany(hold => hold.Rest).Select(run => run.Run.Run.Id).ToHashSet();
        var sent = await dispatching.SendAgainAsync(
            index,
            experiment,
            orders,
            [.. plan.ToCancel],
            held,
            leavesSentinel
        );
        if (!sent.TryGet(out var outcome))
            return Checked<string>.Failed(sent.Problems);
        var draft = outcome.Draft;
        if (outcome.Sent is null)
            return draft.Later.Count > 0
                ? $"No room in the queue now for {DecisionText.Count(draft.Later.Count, "run")}."
                : "";
        var text =
            $"{DecisionText.Count(draft.Tasks, "run")} in {DecisionText.Count(draft.Arrays.Count, "job array")}: "
            + string.Join(", ", outcome.Sent.Arrays.Select(array => array.Job.Id));
        return draft.Later.Count > 0 ? $"{text}; {draft.Later.Count:#,0} more when there is room." : $"{text}.";
    }

    // Whole arrays: an array whose tasks are held one by one is split for good.
    private async Task<string?> HoldAsync(RecoveryPlan plan, IReadOnlyDictionary<Expflow.Runs.ArrayId, SlurmJob> jobs)
    {
        var held = JobsOf(plan.Holds.Where(hold => hold.IsNew).SelectMany(hold => hold.Rest), jobs);
        var released = JobsOf(plan.Decisions.OfType<RecoveryDecision.Release>().Select(one => one.Run), jobs);
        if (held.Count > 0 && await site.Client.HoldAsync(held) is not SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered)
            return "Slurm gave no answer to 'scontrol hold'. Nothing was done; try again when 'squeue' answers.";
        return
            released.Count > 0
            && await site.Client.ReleaseAsync(released) is not SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered
            ? "Slurm gave no answer to 'scontrol release'. Nothing was done; try again when 'squeue' answers."
            : null;
    }

    private static List<SlurmJobId> JobsOf(
        IEnumerable<RecoveryRun> runs,
        IReadOnlyDictionary<Expflow.Runs.ArrayId, SlurmJob> jobs
    ) =>
        [
            .. runs.Where(run => run.Run is { IsPlaced: true, Array: { } array } && jobs.ContainsKey(array))
                .Select(run => jobs[run.Run.Array!.Value].Id)
                .Distinct(),
        ];

    /// <summary>Where a run stands, as far as it bears on recovery.</summary>
    public static QueuePlace PlaceOf(TrackedRun run, SlurmStanding? slurm) =>
        slurm switch
        {
            null => QueuePlace.Absent,
            { Place: SlurmPlace.Unsubmitted } => QueuePlace.Absent,
            { Place: SlurmPlace.Blocked, Reason: "DependencyNeverSatisfied" } => QueuePlace.Stuck,
            { Place: SlurmPlace.Blocked, Reason: "JobHeldUser" or "JobHeldAdmin" } => QueuePlace.Held,
            { Place: SlurmPlace.Starting or SlurmPlace.Running or SlurmPlace.Suspended or SlurmPlace.Completing } =>
                QueuePlace.Running,
            // Its job is over and it wants to go on; of others the end is still to be found out.
            { Place: SlurmPlace.Left } => run.History.Ended is { Outcome: AttemptOutcome.Again }
                ? QueuePlace.Absent
                : QueuePlace.Running,
            _ => QueuePlace.Waiting,
        };
}
