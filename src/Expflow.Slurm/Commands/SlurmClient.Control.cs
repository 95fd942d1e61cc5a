namespace Expflow.Slurm;

public sealed partial class SlurmClient
{
    private const int MostIdsPerCall = 500;

    /// <summary>Cancels these jobs, by id and never by name. None: nothing is called.</summary>
    /// <param name="jobs">The jobs, tasks or sets of tasks.</param>
    /// <param name="signal">Only sends this signal (<c>USR1</c>, <c>TERM</c>) to all of the job's processes; null: cancels.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The jobs that Slurm wouldn't cancel. Several unknown ids are passed over by <c>scancel</c> without a word.</returns>
    public Task<SlurmAnswer<IReadOnlyList<RefusedJob>>> CancelAsync(
        IReadOnlyList<JobReference> jobs,
        string? signal = null,
        CancellationToken cancel = default
    )
    {
        // -v, since a job that has ended is otherwise passed over in silence. --full: the batch script's children too.
        string[] options = signal is null ? ["-v"] : ["-v", $"--signal={signal}", "--full"];
        return InBatches(
            [.. jobs.Select(job => $"{job with { Cluster = null }}")],
            ids => new("scancel", [.. options, .. ids]),
            cancel
        );
    }

    /// <summary>Holds these jobs: they don't start before they are released. Of an array: all of its waiting tasks.</summary>
    public Task<SlurmAnswer<IReadOnlyList<RefusedJob>>> HoldAsync(
        IReadOnlyList<SlurmJobId> jobs,
        CancellationToken cancel = default
    ) => InBatches([.. jobs.Select(job => $"{job}")], ids => new("scontrol", ["hold", string.Join(',', ids)]), cancel);

    /// <summary>Releases these jobs.</summary>
    public Task<SlurmAnswer<IReadOnlyList<RefusedJob>>> ReleaseAsync(
        IReadOnlyList<SlurmJobId> jobs,
        CancellationToken cancel = default
    ) =>
        InBatches(
            [.. jobs.Select(job => $"{job}")],
            ids => new("scontrol", ["release", string.Join(',', ids)]),
            cancel
        );

    /// <summary>Puts a running or ended job, or a task of an array, back into the queue under the same id.</summary>
    public Task<SlurmAnswer<IReadOnlyList<RefusedJob>>> RequeueAsync(
        JobReference job,
        CancellationToken cancel = default
    ) => InBatches([$"{job with { Cluster = null }}"], ids => new("scontrol", ["requeue", .. ids]), cancel);

    /// <summary>Changes what a waiting job waits for; null: nothing any more.</summary>
    /// <remarks>Slurm takes an <c>afterok</c> on a job that it doesn't know (any more) for fulfilled: look whether it knows them first.</remarks>
    public Task<SlurmAnswer<IReadOnlyList<RefusedJob>>> SetDependencyAsync(
        SlurmJobId job,
        JobDependency? dependency,
        CancellationToken cancel = default
    ) =>
        InBatches(
            [$"{job}"],
            ids => new("scontrol", ["update", $"JobId={ids[0]}", $"Dependency={dependency}"]),
            cancel
        );

    private async Task<SlurmAnswer<IReadOnlyList<RefusedJob>>> InBatches(
        string[] ids,
        Func<string[], SlurmCall> call,
        CancellationToken cancel
    )
    {
        var refused = new List<RefusedJob>();
        foreach (var batch in ids.Chunk(MostIdsPerCall))
        {
            var started = clock.GetTimestamp();
            var answer = await starter.Call(WithCluster(call(batch)), patience.Answer, cancel).ConfigureAwait(false);
            var words = answer is SlurmAnswer<SlurmPrint>.Answered { Value: var print } ? print.Errors : "";
            // scancel -v ends with 0 even where it reached nobody.
            if (RefusalTexts.SaysNobodyAnswered(words))
                return new SlurmAnswer<IReadOnlyList<RefusedJob>>.Unanswered(
                    clock.GetElapsedTime(started),
                    RefusalTexts.Plain(words)
                );
            var named = RefusedJobs.Read(words);
            refused.AddRange(named);
            // What it says of single jobs explains the exit code; anything else ends this.
            if (named.Count is 0 && Judge(answer) is not SlurmAnswer<SlurmPrint>.Answered and var failed)
                return failed.Map<IReadOnlyList<RefusedJob>>(_ => refused);
        }
        return new SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered(refused);
    }
}
