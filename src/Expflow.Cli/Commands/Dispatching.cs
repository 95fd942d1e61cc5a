using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Problems;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>What <c>submit</c>, <c>recover</c> and <c>retry</c> have in common: runs are cut into arrays and handed to Slurm, all or none.</summary>
internal sealed class Dispatching(Composition with, ProjectFolder project, SlurmSite site)
{
    /// <summary>What goes out now, what not, and why.</summary>
    /// <param name="Arrays">The arrays, upstream ones first.</param>
    /// <param name="Blocked">Runs that can't go: something that they need has failed or isn't on its way.</param>
    /// <param name="Later">Runs for which there is no room now.</param>
    /// <param name="Limit">The limit that leaves no room for them.</param>
    /// <param name="Limits">What the site takes.</param>
    public sealed record Draft(
        IReadOnlyList<ArrayDraft> Arrays,
        IReadOnlyList<WantedRun> Blocked,
        IReadOnlyList<WantedRun> Later,
        SubmitLimit? Limit,
        SubmitLimits Limits
    )
    {
        /// <summary>How many runs go out.</summary>
        public int Tasks => Arrays.Sum(array => array.Tasks.Count);
    }

    /// <inheritdoc cref="SubmitTurn.TakeAsync"/>
    public Task<Checked<FileLock>> LockAsync() => SubmitTurn.TakeAsync(with, project);

    /// <summary>Cuts runs into arrays, as many as there is room for.</summary>
    /// <param name="index">The index.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="asked">The runs.</param>
    /// <param name="sentinel">Whether a sentinel is left behind in any case; where not all find room, one is.</param>
    public async Task<Checked<Draft>> DraftAsync(
        RunIndex index,
        string experiment,
        IEnumerable<WantedRun> asked,
        bool sentinel
    )
    {
        var wanted = WantedRuns.UpstreamFirst(asked);
        var fit = site.FitAsync();
        var limits = await site.LimitsAsync();
        var seen = await SeeAsync(NeedsOf(index, experiment).JobsToSee(wanted));
        if (!seen.TryGet(out var alive))
            return Checked<Draft>.Failed(seen.Problems);
        // What has left the queue meanwhile had told the journal before it went.
        index.Refresh();
        var needs = NeedsOf(index, experiment);
        needs.Saw(alive);
        var (room, limit) = wanted.Count == 0 ? (null, null) : await RoomAsync(limits, wanted[0]);
        if (room is { } places && wanted.Count + (sentinel ? 1 : 0) > places)
            room = places - 1;
        var now = room is { } free ? Portion.Of(wanted, Math.Max(0, free)) : wanted;
        var cutter = new ArrayCutter(needs.Of, limits.MostIndices, () => ArrayId.New(with.Time, with.Random));
        cutter.Cut(now);
        if (await ProblemsOf(cutter.Drafts, fit) is { Count: > 0 } unfit)
            return Checked<Draft>.Failed(unfit);
        var taken = now.Select(run => run.Run.Id).ToHashSet();
        return new Draft(
            cutter.Drafts,
            cutter.Blocked,
            [.. wanted.Where(run => !taken.Contains(run.Run.Id))],
            now.Count < wanted.Count ? limit : null,
            limits
        );
    }

    private static async Task<IReadOnlyList<Problem>> ProblemsOf(IEnumerable<ArrayDraft> drafts, Task<StageFit> asked)
    {
        var fit = await asked;
        return [.. drafts.Select(fit.WhyNot).OfType<Problem>().DistinctBy(problem => problem.Text)];
    }

    private static NeedsLookup NeedsOf(RunIndex index, string experiment)
    {
        var jobs = JobsOf(index, experiment);
        return new(
            index.Runs(experiment).ToDictionary(run => run.Run.Id),
            array => jobs.TryGetValue(array, out var job) ? job : null
        );
    }

    /// <summary>Sends.</summary>
    /// <param name="draft">What goes out.</param>
    /// <param name="commit">What else becomes true with it.</param>
    /// <exception cref="IOException">The project can't be written.</exception>
    public async Task<SendOutcome> SendAsync(Draft draft, IReadOnlyList<JournalEvent> commit)
    {
        using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time);
        return await SenderOf(draft.Limits, journal).SendAsync(draft.Arrays, commit);
    }

    /// <summary>Sends out runs that were submitted before: those that are ordered anew, and those for which there was no room yet.</summary>
    /// <param name="index">The index. The caller holds the lock.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="orders">Orders to run runs again. They hold even when Slurm then takes nothing: the runs wait to be sent.</param>
    /// <param name="takeBack">Runs whose tasks in the queue must go, since they go out anew.</param>
    /// <param name="except">Runs that stay where they are, though no array carries them out.</param>
    /// <param name="sentinel">Whether a sentinel is left behind in any case.</param>
    /// <exception cref="IOException">The project can't be written.</exception>
    public async Task<Checked<AgainOutcome>> SendAgainAsync(
        RunIndex index,
        string experiment,
        IReadOnlyList<JournalEvent> orders,
        IReadOnlyList<TrackedRun> takeBack,
        IReadOnlySet<RunId> except,
        bool sentinel
    )
    {
        var jobs = JobsOf(index, experiment);
        if (orders.Count > 0)
        {
            using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time);
            journal.Append(orders);
            index.Refresh();
        }
        await TakeBackAsync(takeBack, jobs);
        var known = index.Runs(experiment).ToDictionary(run => run.Run.Id);
        var build = new WantedRuns(known.ToDictionary(run => run.Key, run => run.Value.Run));
        var unsent = known.Values.Where(run => IsUnsent(index, run) && !except.Contains(run.Run.Id));
        var wanted = new EarlierRuns(project).Of(build, unsent);
        var drafted = await DraftAsync(index, experiment, wanted, sentinel);
        if (!drafted.TryGet(out var draft))
            return Checked<AgainOutcome>.Failed(drafted.Problems);
        if (draft.Arrays.Count == 0)
            return new AgainOutcome(draft, null);
        var outcome = await SendAsync(draft, []);
        index.Refresh();
        return outcome is SendOutcome.Sent sent ? new AgainOutcome(draft, sent) : SendProblems.Of(outcome);
    }

    /// <summary>What came of sending again.</summary>
    /// <param name="Draft">What went out and what not.</param>
    /// <param name="Sent">The jobs; null when nothing was to be sent.</param>
    public sealed record AgainOutcome(Draft Draft, SendOutcome.Sent? Sent);

    /// <summary>True for a run that Slurm is to carry out and that no array does: there was no room for it yet, or it goes out again.</summary>
    public static bool IsUnsent(RunIndex index, TrackedRun run) =>
        run.History.State is RunState.Pending && !run.IsPlaced && index.ExecutorOf(run.Submission) == Executor.Slurm;

    /// <summary>What is to be said of arrays of which nobody knows whether Slurm has them; null when there are none.</summary>
    public static string? DoubtOf(RunIndex index, string experiment)
    {
        var doubtful = index.Arrays(experiment).Where(array => array.IsInDoubt).ToList();
        if (doubtful.Count == 0)
            return null;
        var until = doubtful.Max(array => array.Intended?.At ?? default) + Settlement.LateAtMost;
        return $"{DecisionText.Count(doubtful.Sum(array => array.Intended?.Tasks ?? 0), "run")} in doubt: a command was killed while it submitted them, and Slurm may get them as late as {until.ToLocalTime():HH:mm:ss}. 'expflow recover' sends them after that.";
    }

    /// <summary>The job of each array of an experiment that Slurm has taken.</summary>
    public static Dictionary<ArrayId, SlurmJob> JobsOf(RunIndex index, string experiment)
    {
        var jobs = new Dictionary<ArrayId, SlurmJob>();
        foreach (var array in index.Arrays(experiment))
            if (array is { Submitted: { } submitted, Dropped: null } && SlurmJob.TryParse(submitted.Job, out var job))
                jobs[submitted.Array] = job.Value;
        return jobs;
    }

    /// <summary>Cancels the tasks of runs in Slurm's queue, by job id.</summary>
    /// <returns>Why that could not be done; null when it was.</returns>
    public async Task<string?> TakeBackAsync(IEnumerable<TrackedRun> runs, IReadOnlyDictionary<ArrayId, SlurmJob> jobs)
    {
        var tasks = runs.Where(run => run.Array is { } array && jobs.ContainsKey(array))
            .GroupBy(run => jobs[run.Array!.Value].Id, run => run.Task)
            .Select(job => (JobReference)new JobReference.Tasks(job.Key, TaskSet.From(job)))
            .ToList();
        return
            tasks.Count == 0 || await site.Client.CancelAsync(tasks) is SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered
            ? null
            : "Slurm gave no answer to 'scancel'. Try again when 'squeue' answers.";
    }

    /// <summary>What would be called, for showing.</summary>
    public JobScript ScriptOf(SubmitLimits limits) => new(SlurmSite.PathIn(project), project.Root, limits.KillWait);

    private ArraySender SenderOf(SubmitLimits limits, JournalWriter journal)
    {
        SlurmSite.ProgramIn(project);
        return new(site.Client, project, journal, ScriptOf(limits), with.Time);
    }

    /// <summary>Puts in order what a killed command left: arrays that may start do, and those that nobody knows to be wanted are taken back. The caller holds the lock.</summary>
    public async Task<Checked<bool>> SettleAsync(RunIndex index)
    {
        var open = index.OpenArrays();
        if (open.Count == 0)
            return true;
        using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time);
        var settlement = new Settlement(site.Client, journal, with.Time);
        foreach (var array in open)
            if (await settlement.SettleAsync(array) is { } trouble)
                return new Problem(trouble);
        index.Refresh();
        return true;
    }

    private async Task<Checked<IReadOnlyList<SlurmJobId>>> SeeAsync(IReadOnlyList<SlurmJobId> jobs) =>
        await site.Client.QueueAsync(new QueueQuery.Jobs(jobs)) switch
        {
            SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows } => (Checked<IReadOnlyList<SlurmJobId>>)
                rows.Where(row => row.State.IsLive).Select(row => row.Job.Id).Distinct().ToArray(),
            _ => new Problem(
                "Slurm doesn't say whether the jobs that are needed are still in its queue. Nothing was submitted; try again when 'squeue' answers."
            ),
        };

    private async Task<(int? Room, SubmitLimit? Limit)> RoomAsync(SubmitLimits limits, WantedRun like)
    {
        var resources = like.Stage.Resources;
        if (limits.For(resources.Account, resources.Partition, resources.Qos) is not { Most: { } most } limit)
            return (null, null);
        return await site.QueuedAsync() is { } queued ? ((int)(most - queued), limit) : (null, null);
    }
}
