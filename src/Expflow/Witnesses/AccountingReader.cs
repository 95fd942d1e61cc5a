using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>Asks the accounting, in one call, about tasks that left the queue without an end; the less often, the less it has to say.</summary>
/// <param name="client">Slurm.</param>
/// <param name="file">What a user's screens share.</param>
/// <param name="user">The user id of whoever submitted; null when it isn't known.</param>
/// <param name="time">The clock.</param>
public sealed class AccountingReader(SlurmClient client, QueueMemoryFile file, long? user, TimeProvider time)
{
    private const int MostDoublings = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);

    // What a job's step is told to have used can't be asked for before it was submitted.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromHours(1);

    /// <summary>What it knows of these tasks.</summary>
    /// <param name="left">The runs, and the tasks that they are.</param>
    /// <param name="force">Asks even if it was asked a short while ago.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<AccountingLook> LookAsync(
        IReadOnlyDictionary<RunId, TaskPlace> left,
        bool force = false,
        CancellationToken cancel = default
    )
    {
        if (left.Count == 0)
            return new(new Dictionary<RunId, AccountedEnd>());
        var memory = file.Read();
        var now = time.GetUtcNow();
        var pause = FirstPause * (1 << Math.Min(memory.AccountingFruitless, MostDoublings));
        if (!force && memory.AccountingAt is { } at && at <= now && now - at < pause)
            return AccountingLook.NotAsked(memory.AccountingTrouble);
        var arrays = left.Values.Select(place => place.Array).Distinct().ToList();
        var answer = await client.AccountingAsync(
            new AccountingQuery.Jobs([.. arrays.Select(array => array.Job.Id).Distinct()])
            {
                // Job ids come again; of each the latest time in the queue that is ours counts.
                Duplicates = true,
                Since = arrays.Min(array => array.SubmittedAt) - ClocksApart,
            },
            cancel
        );
        var look = Read(answer, left);
        var over = look.Ends.Values.Count(end => end.State.IsOver);
        file.Write(
            file.Read() with
            {
                AccountingAt = now,
                AccountingFruitless = over == left.Count ? 0 : memory.AccountingFruitless + 1,
                AccountingTrouble = look.Trouble,
            }
        );
        return look;
    }

    private AccountingLook Read(
        SlurmAnswer<IReadOnlyList<AccountedJob>> answer,
        IReadOnlyDictionary<RunId, TaskPlace> left
    )
    {
        if (answer is not SlurmAnswer<IReadOnlyList<AccountedJob>>.Answered { Value: var rows })
            return new(
                new Dictionary<RunId, AccountedEnd>(),
                AnswerWords.Of(answer, "sacct"),
                answer
                    is SlurmAnswer<IReadOnlyList<AccountedJob>>.Missing
                        or SlurmAnswer<IReadOnlyList<AccountedJob>>.Refused { Kind: RefusalKind.AccountingDisabled }
            );
        var byJob = rows.ToLookup(row => row.Job.Id);
        var ends = new Dictionary<RunId, AccountedEnd>();
        foreach (var (run, place) in left)
            if (Latest(byJob[place.Array.Job.Id], place) is { } row)
                ends[run] = EndOf(row);
        return new(ends);
    }

    private static AccountedJob? Latest(IEnumerable<AccountedJob> rows, TaskPlace place) =>
        rows.Where(row => row.Job.Covers(place.Index) && place.Array.IsOurs(row.Name, row.Comment, row.Submitted))
            .MaxBy(row => (row.Restarts ?? 0, row.Submitted ?? DateTimeOffset.MinValue, row.Start is null ? 0 : 1));

    private AccountedEnd EndOf(AccountedJob row) =>
        new()
        {
            State = row.State,
            Exit = row.ExitCode,
            Start = row.Start,
            End = row.End,
            Elapsed = row.Start is null ? null : row.Elapsed,
            PeakMemory = row.PeakMemory?.Bytes,
            Memory = row.RequestedMemory is { Per: not MemoryScope.Cpu } asked ? asked.Size.Bytes : null,
            TimeLimit = row.TimeLimit,
            Nodes = row.Nodes,
            Reason = row.Reason.Word,
            HasStepOutOfMemory = row.RanOutOfMemory,
            Owner = user,
        };
}
