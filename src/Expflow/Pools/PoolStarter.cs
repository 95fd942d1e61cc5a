using Expflow.Queues;
using Expflow.Slurm;

namespace Expflow.Pools;

/// <summary>
/// Asks Slurm for allocations, exactly once: what is meant is written down first, the job is submitted held, and released only when its id stands on disk.
/// The caller holds the project's submit lock.
/// </summary>
/// <param name="slurm">Slurm.</param>
/// <param name="pool">The pool.</param>
/// <param name="time">The clock.</param>
public sealed class PoolStarter(SlurmClient slurm, PoolFolder pool, TimeProvider time)
{
    // sbatch's own limit is two minutes; a call that was under way when its caller died can't arrive later than this.
    private static readonly TimeSpan LateAtMost = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan[] LooksAfter = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>Starts allocations.</summary>
    /// <param name="start">What is meant.</param>
    /// <param name="request">The call.</param>
    /// <exception cref="IOException">The project can't be written. Nothing was released.</exception>
    public async Task<StartOutcome> StartAsync(PoolStart start, SbatchRequest request)
    {
        // A missing folder for its log is no error to Slurm: the job fails without a word.
        pool.Prepare();
        start.Write(pool);
        var answer = await slurm.SubmitAsync(request);
        // sbatch may have worked although its answer was lost: the job's name says so.
        if (answer is SlurmAnswer<SlurmJob>.Unanswered && await FindAsync(start) is { } found)
            answer = new SlurmAnswer<SlurmJob>.Answered(found);
        switch (answer)
        {
            case SlurmAnswer<SlurmJob>.Answered { Value: var job }:
                var taken = start with { Job = job.ToString() };
                taken.Write(pool);
                return new StartOutcome.Started(taken, job, await ReleaseAsync(taken, job));
            case SlurmAnswer<SlurmJob>.Refused refused:
                start.Delete(pool);
                return new StartOutcome.Refused(refused.Words, refused.Kind);
            case SlurmAnswer<SlurmJob>.Missing missing:
                start.Delete(pool);
                return new StartOutcome.Refused($"'{missing.Program}' was not found", RefusalKind.NotConfigured);
            case SlurmAnswer<SlurmJob>.Unanswered unanswered:
                return new StartOutcome.Unanswered(
                    unanswered.Words.Length > 0
                        ? unanswered.Words
                        : $"no answer within {unanswered.After.TotalSeconds:0} s"
                );
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Puts in order what a killed command left: a job that is known may start, one that nobody knows to be wanted is taken back.</summary>
    /// <returns>What stands in the way, in a sentence; null when all is settled, or must wait without harm.</returns>
    /// <exception cref="IOException">The project can't be written.</exception>
    public async Task<string?> SettleAsync()
    {
        foreach (var start in PoolStart.All(pool).Where(start => start is { IsReleased: false, IsOver: false }))
            if (SlurmJob.TryParse(start.Job, out var job))
                await ReleaseAsync(start, job.Value);
            else if (await TakeBackAsync(start) is { } trouble)
                return trouble;
        return null;
    }

    private async Task<string?> TakeBackAsync(PoolStart start)
    {
        var found = await slurm.QueueAsync(new QueueQuery.Named(start.JobName));
        if (found is not SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows })
            return $"Slurm doesn't say whether it has the job '{start.JobName}', which an earlier command was about to submit. Nothing was started; try again when 'squeue' answers.";
        if (rows.Count > 0)
            await slurm.CancelAsync([.. rows.Select(row => new JobReference.Whole(row.Job.Id)).Distinct()]);
        if (rows.Count > 0 || time.GetUtcNow() - start.At > LateAtMost)
            start.Delete(pool);
        return null;
    }

    private async Task<string?> ReleaseAsync(PoolStart start, SlurmJob job)
    {
        switch (await slurm.ReleaseAsync([job.Id]))
        {
            // One that can't be released has ended or was cancelled by hand: whoever looks next finds out.
            case SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered:
                (start with { IsReleased = true }).Write(pool);
                return null;
            case SlurmAnswer<IReadOnlyList<RefusedJob>>.Refused refused:
                return refused.Words;
            default:
                return "Slurm gave no answer";
        }
    }

    private async Task<SlurmJob?> FindAsync(PoolStart start)
    {
        foreach (var pause in LooksAfter)
        {
            await Task.Delay(pause, time);
            if (
                await slurm.QueueAsync(new QueueQuery.Named(start.JobName))
                is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: [var row, ..] }
            )
                return new SlurmJob(row.Job.Id, row.Job.Cluster);
        }
        return null;
    }
}
