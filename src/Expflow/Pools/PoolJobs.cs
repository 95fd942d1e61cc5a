using Expflow.Queues;
using Expflow.Slurm;

namespace Expflow.Pools;

/// <summary>How a pool's allocations stand in Slurm's queue.</summary>
/// <param name="Rows">A row for each that is in it.</param>
/// <param name="Trouble">Why Slurm could not be asked; null when it was.</param>
public sealed record PoolJobs(IReadOnlyList<QueuedJob> Rows, string? Trouble)
{
    /// <summary>Asks the queue about jobs: its rows, why it could not be asked, and whether it was asked just now.</summary>
    public delegate Task<(IReadOnlyList<QueuedJob> Rows, string? Trouble, bool IsFresh)> Question(
        PoolFolder pool,
        IReadOnlyList<SlurmJobId> jobs
    );

    /// <summary>Those that wait or run, oldest first.</summary>
    public IReadOnlyList<QueuedJob> Live => [.. Rows.Where(row => row.State.IsLive)];

    /// <summary>Asks, with one question for all; starts of which nothing is left are marked, so that nobody asks for them again.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="ask">Asks for jobs; a row may speak of several tasks.</param>
    public static async Task<PoolJobs> AskAsync(PoolFolder pool, Question ask)
    {
        var jobs = new List<(PoolStart Start, SlurmJobId Id)>();
        foreach (var start in PoolStart.All(pool))
            if (!start.IsOver && SlurmJob.TryParse(start.Job, out var job))
                jobs.Add((start, job.Value.Id));
        var (rows, trouble, isFresh) = await ask(pool, [.. jobs.Select(job => job.Id)]);
        var live = rows.Where(row => row.State.IsLive).Select(row => row.Job.Id).ToHashSet();
        if (trouble is null && isFresh)
            foreach (var (start, id) in jobs)
                if (!live.Contains(id))
                    MarkOver(start, pool);
        return new([.. rows.SelectMany(Unfold)], trouble);
    }

    /// <summary>Asks Slurm itself.</summary>
    public static Question From(SlurmClient slurm) =>
        async (_, jobs) =>
            await slurm.QueueAsync(new QueueQuery.Jobs(jobs) { Unfold = true }) switch
            {
                SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows } => (rows, null, true),
                SlurmAnswer<IReadOnlyList<QueuedJob>>.Refused refused => ([], refused.Words, false),
                SlurmAnswer<IReadOnlyList<QueuedJob>>.Missing missing => (
                    [],
                    $"'{missing.Program}' was not found",
                    false
                ),
                _ => ([], "Slurm gave no answer", false),
            };

    private static IEnumerable<QueuedJob> Unfold(QueuedJob row) =>
        row.Job is JobReference.Tasks tasks
            ? tasks.Set.Select(index => row with { Job = new JobReference.Task(tasks.Id, index) })
            : [row];

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
