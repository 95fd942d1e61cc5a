using Expflow.Queues;
using Expflow.Slurm;

namespace Expflow.Pools;

/// <summary>How a pool's allocations stand in Slurm's queue.</summary>
/// <param name="Rows">A row for each that is in it.</param>
/// <param name="Trouble">Why Slurm could not be asked; null when it was.</param>
public sealed record PoolJobs(IReadOnlyList<QueuedJob> Rows, string? Trouble)
{
    /// <summary>Those that wait or run, oldest first.</summary>
    public IReadOnlyList<QueuedJob> Live => [.. Rows.Where(row => row.State.IsLive)];

    /// <summary>Asks, with one question for all; starts of which nothing is left are marked, so that nobody asks for them again.</summary>
    /// <param name="slurm">Slurm.</param>
    /// <param name="pool">The pool.</param>
    public static async Task<PoolJobs> AskAsync(SlurmClient slurm, PoolFolder pool)
    {
        var jobs = new List<(PoolStart Start, SlurmJobId Id)>();
        foreach (var start in PoolStart.All(pool))
            if (!start.IsOver && SlurmJob.TryParse(start.Job, out var job))
                jobs.Add((start, job.Value.Id));
        var query = new QueueQuery.Jobs([.. jobs.Select(job => job.Id)]) { Unfold = true };
        switch (await slurm.QueueAsync(query))
        {
            case SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows }:
                var live = rows.Where(row => row.State.IsLive).Select(row => row.Job.Id).ToHashSet();
                foreach (var (start, id) in jobs)
                    if (!live.Contains(id))
                        MarkOver(start, pool);
                return new(rows, null);
            case SlurmAnswer<IReadOnlyList<QueuedJob>>.Refused refused:
                return new([], refused.Words);
            case SlurmAnswer<IReadOnlyList<QueuedJob>>.Missing missing:
                return new([], $"'{missing.Program}' was not found");
            default:
                return new([], "Slurm gave no answer");
        }
    }

    // Whoever may only look leaves the mark to others.
    private static void MarkOver(PoolStart start, PoolFolder pool)
    {
        try
        {
            (start with { IsOver = true }).Write(pool);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
    }
}
