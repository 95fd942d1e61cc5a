using Expflow.Experiments;
using Expflow.Pools;
using Expflow.Problems;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary>Sees to it that a pool has its allocations: everything is looked at before the one <c>sbatch</c>, and none is started twice or forgotten.</summary>
internal sealed class PoolStarting(Composition with, SlurmSite site, PoolFolder pool)
{
    /// <summary>What the user chose.</summary>
    /// <param name="Add">So many more, whatever there is.</param>
    /// <param name="DryRun">Shows what would be called, and writes nothing.</param>
    public sealed record Choices(bool Add, bool DryRun);

    /// <summary>What came of it.</summary>
    /// <param name="There">Allocations that waited or ran before.</param>
    /// <param name="New">Allocations that were asked for now.</param>
    /// <param name="Job">Their job; null when none was needed, or none was sent.</param>
    /// <param name="Held">Why they are held still, in words.</param>
    /// <param name="Opened">Whether the pool was closed before.</param>
    /// <param name="Workers">Runs at once in each new one; null: as its cores and memory allow.</param>
    /// <param name="Shown">The call that would have been made.</param>
    public sealed record Result(
        int There,
        int New,
        SlurmJob? Job,
        string? Held,
        bool Opened,
        int? Workers,
        SbatchRequest? Shown
    );

    /// <summary>Starts what is missing.</summary>
    public async Task<Checked<Result>> StartAsync(PoolSettings settings, Choices choices)
    {
        site.AskEarly();
        if (pool.Project.Root.Contains('\\', StringComparison.Ordinal))
            return new Problem(
                $"'{pool.Project.Root}' has a backslash in it, and Slurm finds no log under such a path: its jobs would fail without a word. Rename the folder."
            );
        var locked = await SubmitTurn.TakeAsync(with, pool.Project);
        if (!locked.TryGet(out var taken))
            return Checked<Result>.Failed(locked.Problems);
        using (taken)
            return await StartLockedAsync(settings, choices);
    }

    /// <summary>What speaks against starting so many, before anything is written.</summary>
    public async Task<IReadOnlyList<Problem>> ProblemsAsync(PoolSettings settings) =>
        await WhyNotAsync(settings, 0, await site.LimitsAsync());

    /// <summary>The same for a caller that holds the submit lock.</summary>
    public async Task<Checked<Result>> StartLockedAsync(PoolSettings settings, Choices choices)
    {
        try
        {
            return await RunAsync(settings, choices);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem(
                $"'{pool.Path}' can't be written: {refused.Message} Nothing was started. Make room or ask for the right to write there, and try again."
            );
        }
    }

    private async Task<Checked<Result>> RunAsync(PoolSettings settings, Choices choices)
    {
        var starter = new PoolStarter(site.Client, pool, with.Time);
        if (!choices.DryRun && await starter.SettleAsync() is { } trouble)
            return new Problem(trouble);
        var queue = await PoolJobs.AskAsync(pool, PoolJobs.From(site.Client));
        if (queue.Trouble is { } silent)
            return new Problem(
                $"Slurm could not be asked: {silent}. Nothing was started; try again when 'squeue' answers."
            );
        var there = queue.Live.Count;
        var asked = settings.Allocations ?? 1;
        var missing = choices.Add ? asked : Math.Max(0, asked - there);
        var limits = await site.LimitsAsync();
        if (missing > 0 && await WhyNotAsync(settings, missing, limits) is { Count: > 0 } problems)
            return Checked<Result>.Failed(problems);
        var opened = PoolControl.Read(pool).State != PoolState.Open;
        var size = PoolSize.Of(settings);
        if (!choices.DryRun)
            Open(opened);
        if (missing == 0)
            return new Result(there, 0, null, null, opened, size.Workers, null);
        var id = ArrayId.New(with.Time, with.Random);
        var program = choices.DryRun ? SlurmSite.PathIn(pool.Project) : SlurmSite.ProgramIn(pool.Project);
        var request = new PoolScript(program, pool.Project, limits.KillWait).RequestOf(pool, id, settings, missing);
        if (choices.DryRun)
            return new Result(there, missing, null, null, opened, size.Workers, request);
        var start = PoolStart.Intended(pool.Name, id, with.Time.GetUtcNow(), missing, size.Workers, request.Script);
        return await starter.StartAsync(start, request) switch
        {
            StartOutcome.Started started => new Result(
                there,
                missing,
                started.Job,
                started.Held,
                opened,
                size.Workers,
                null
            ),
            StartOutcome.Refused refused => new Problem(
                $"Slurm refuses pool '{pool.Name}': {refused.Words.TrimEnd('.')}. {WayOut(refused.Kind)}"
            ),
            StartOutcome.Unanswered unanswered => new Problem(
                $"Slurm gave no answer, and doesn't know the job: {unanswered.Words.TrimEnd('.')}. Nothing was started; should the job turn up late, it is held and never starts. Try again."
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // An allocation that starts at once finds the pool open.
    private void Open(bool wasClosed)
    {
        pool.Prepare();
        using var index = with.OpenIndex(pool.Project);
        new PoolDrafts(pool.Project, index).Settle();
        if (wasClosed)
            PoolControl.Say(pool, PoolState.Open);
    }

    private async Task<List<Problem>> WhyNotAsync(PoolSettings settings, int missing, SubmitLimits limits)
    {
        var problems = new List<Problem>();
        var asked = new Resources
        {
            Cpus = PoolSize.Of(settings).Cpus,
            Memory = settings.Memory,
            Gpus = settings.Gpus,
            Walltime = settings.Time,
            Partition = settings.Partition,
            Qos = settings.Qos,
        };
        const string wayOut = "Nothing was started. Ask for less, or name another partition.";
        if ((await site.FitAsync()).WhyNot(asked, $"Pool '{pool.Name}'", wayOut) is { } unfit)
            problems.Add(unfit);
        if (missing > limits.MostIndices)
            problems.Add(
                new Problem(
                    $"'--allocations' asks for {missing:#,0} at once, and an array of this site has at most {limits.MostIndices:#,0} tasks. Ask for fewer, and add others with '--add'."
                )
            );
        if (
            limits.For(settings.Account, settings.Partition, settings.Qos) is { Most: { } most } limit
            && await site.QueuedAsync() is { } queued
            && queued + missing > most
        )
            problems.Add(
                new Problem(
                    $"'--allocations' asks for {missing:#,0} more, but {limit.Words} is {most:#,0}, and {queued:#,0} of your jobs are in the queue. Nothing was started; ask for {Math.Max(0, most - queued):#,0}."
                )
            );
        return problems;
    }

    private static string WayOut(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.InvalidAccount =>
                "Nothing was started. Name your account with '--account': 'sacctmgr show assoc user=$USER' lists yours.",
            RefusalKind.InvalidPartition or RefusalKind.PartitionNotAllowed or RefusalKind.PartitionUnavailable =>
                "Nothing was started. Name another with '--partition': 'sinfo -s' lists them.",
            RefusalKind.TimeLimit => "Nothing was started. Ask for fewer '--max-hours', or another partition.",
            RefusalKind.SubmitLimit or RefusalKind.SubmitOrResourceLimit or RefusalKind.QueueFull =>
                "Nothing was started. Try again when jobs have ended, or ask for fewer '--allocations'.",
            _ => "Nothing was started. Ask for something else, and try again.",
        };
}
