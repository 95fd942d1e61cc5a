using Expflow.Processes;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>Asks the queue, no oftener than the interval allows, for all screens of a user together.</summary>
/// <param name="client">Slurm.</param>
/// <param name="file">What the screens share.</param>
/// <param name="chosen">The interval that the user has chosen.</param>
/// <param name="time">The clock.</param>
public sealed class QueueReader(SlurmClient client, QueueMemoryFile file, TimeSpan chosen, TimeProvider time)
{
    /// <summary>How the queue stands for these jobs.</summary>
    /// <param name="jobs">The arrays that may have something in the queue. None: no question is put.</param>
    /// <param name="force">Asks even within the interval.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<QueueLook> LookAsync(
        IReadOnlyList<SlurmJobId> jobs,
        bool force = false,
        CancellationToken cancel = default
    )
    {
        if (jobs.Count == 0)
            return QueueLook.Nothing;
        var memory = file.Read();
        if (!force && Due(memory, jobs).Count == 0)
            return Picture(memory, jobs, []);
        using var turn = TakeTurn(out var isOthers);
        // Somebody else asks at this moment: what is known until then will do, unless nothing is.
        if (isOthers && jobs.All(memory.Jobs.ContainsKey))
            return Picture(memory, jobs, []);
        // It may have asked while this one waited for its turn.
        memory = file.Read();
        var due = force ? jobs : Due(memory, jobs);
        return due.Count == 0 ? Picture(memory, jobs, []) : await AskAsync(memory, jobs, due, cancel);
    }

    private async Task<QueueLook> AskAsync(
        QueueMemory memory,
        IReadOnlyList<SlurmJobId> jobs,
        IReadOnlyList<SlurmJobId> due,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        var begun = time.GetTimestamp();
        var answer = await client.QueueAsync(new QueueQuery.Jobs(due), cancel);
        var after = answer is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows }
            ? Answered(memory, due, rows, now, time.GetElapsedTime(begun))
            : memory with
            {
                Failures = memory.Failures + 1,
                FailedAt = now,
                Trouble = AnswerWords.Of(answer, "squeue"),
            };
        file.Write(after);
        return Picture(after, jobs, after.FailedAt is null ? due : []) with { Asked = due.Count };
    }

    private static QueueMemory Answered(
        QueueMemory memory,
        IReadOnlyList<SlurmJobId> due,
        IReadOnlyList<QueuedJob> rows,
        DateTimeOffset now,
        TimeSpan took
    )
    {
        var byJob = rows.ToLookup(row => row.Job.Id);
        // Of jobs that nobody asks for any more nothing is kept.
        var jobs = memory
            .Jobs.Where(job => now - job.Value.At < TimeSpan.FromHours(1))
            .ToDictionary(job => job.Key, job => job.Value);
        foreach (var job in due)
            jobs[job] = new(now, [.. byJob[job]]);
        return memory with { Jobs = jobs, Took = took, Failures = 0, FailedAt = null, Trouble = null };
    }

    private IReadOnlyList<SlurmJobId> Due(QueueMemory memory, IReadOnlyList<SlurmJobId> jobs)
    {
        var now = time.GetUtcNow();
        var pause = QueueInterval.Of(chosen, memory);
        if (memory.FailedAt is { } failed && IsWithin(failed, now, pause))
            return [];
        return [.. jobs.Where(job => !memory.Jobs.TryGetValue(job, out var known) || !IsWithin(known.At, now, pause))];
    }

    // A clock that was set back makes everything look as if it came from the future.
    private static bool IsWithin(DateTimeOffset at, DateTimeOffset now, TimeSpan pause) =>
        at <= now && now - at < pause;

    private FileLock? TakeTurn(out bool isOthers)
    {
        isOthers = false;
        if (file.Lock is not { } path)
            return null;
        try
        {
            var turn = FileLock.TryTake(path);
            isOthers = turn is null;
            return turn;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static QueueLook Picture(
        QueueMemory memory,
        IReadOnlyList<SlurmJobId> jobs,
        IReadOnlyList<SlurmJobId> fresh
    )
    {
        var known = jobs.Where(memory.Jobs.ContainsKey).ToList();
        return new()
        {
            Rows = [.. known.SelectMany(job => memory.Jobs[job].Rows)],
            Unknown = jobs.Where(job => !memory.Jobs.ContainsKey(job)).ToHashSet(),
            Fresh = fresh.ToHashSet(),
            At = known.Count == 0 ? null : known.Min(job => memory.Jobs[job].At),
            Trouble = memory.Trouble,
        };
    }
}
