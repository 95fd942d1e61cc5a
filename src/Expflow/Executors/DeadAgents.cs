using Expflow.Processes;
using Expflow.Queues;
using Expflow.Slurm;

namespace Expflow.Executors;

/// <summary>Tells which agents of a pool are dead. Silence is only a reason to ask: Slurm's word decides, and where it gives none nobody is dead.</summary>
/// <param name="slurm">Slurm.</param>
/// <param name="time">The clock.</param>
/// <param name="host">This machine.</param>
/// <param name="beat">Between two signs of life.</param>
public sealed class DeadAgents(SlurmClient slurm, TimeProvider time, string host, TimeSpan beat)
{
    private const int Beats = 3;

    // Of an agent that is in no job, on a machine that can't be looked at from here, silence is all that there is.
    private static readonly TimeSpan SilentForGood = TimeSpan.FromMinutes(2);

    // What nobody knows any more, so long after its last sign of life, and where accounts are kept after so long.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    // Of controller and compute node.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(1);

    /// <summary>Whether some agent has been silent for so long, by this machine's clock, that it is worth asking.</summary>
    public bool MayBeSome(PoolFolder pool) =>
        Claim
            .All(pool)
            .Any(claim =>
                claim.Reaper is not null || claim.BeatAt is not { } at || IsSilent(at, time.GetUtcNow().UtcDateTime)
            );

    /// <summary>The folders of those that are dead.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="own">The folder of whoever asks, which gives the file system's own time.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<IReadOnlyList<Claim>> FindAsync(
        PoolFolder pool,
        ClaimFolder own,
        CancellationToken cancel = default
    )
    {
        if (!own.Beat() || own.BeatAt is not { } now)
            return [];
        var claims = Claim.All(pool);
        var self = claims.FirstOrDefault(claim => claim.Path == own.Path)?.Note;
        var owners = claims.Where(claim => claim.Reaper is null).ToDictionary(claim => claim.Agent);
        var suspects = new List<(Claim Claim, Claim Owner)>();
        var dead = new List<Claim>();
        foreach (var claim in claims.Where(claim => claim.Path != own.Path))
            // Who was putting another's folder in order, and has none of their own any more, has died of it or ended.
            if (claim.Reaper is { } reaper && !owners.ContainsKey(reaper))
                dead.Add(claim);
            else if (claim.Reaper is { } alive)
                suspects.Add((claim, owners[alive]));
            else
                suspects.Add((claim, claim));
        suspects.RemoveAll(one => one.Owner.Path == own.Path || !IsSuspect(one.Owner, self, now));
        dead.AddRange(
            suspects.Where(one => one.Owner.Note?.Job is null && IsGone(one.Owner, now)).Select(one => one.Claim)
        );
        var jobs = suspects.Where(one => one.Owner.Note?.Job is not null).ToList();
        if (jobs.Count > 0)
        {
            var over = await OverAsync([.. jobs.Select(one => one.Owner)], self, now, cancel);
            dead.AddRange(jobs.Where(one => over.Contains(one.Owner.Path)).Select(one => one.Claim));
        }
        return dead;
    }

    private bool IsSilent(DateTime beatAt, DateTime now) => now - beatAt > beat * Beats;

    private bool IsSuspect(Claim owner, AgentNote? self, DateTime now) =>
        owner.BeatAt is not { } at || IsSilent(at, now) || IsEarlierLife(owner.Note, self);

    // The same job, started again: whoever was it before is not any more.
    private static bool IsEarlierLife(AgentNote? other, AgentNote? self) =>
        other?.Job is { } job && job == self?.Job && other.Restarts < self.Restarts;

    private bool IsGone(Claim owner, DateTime now)
    {
        if (owner.Note?.Host == host && ProcessIdentity.TryParse(owner.Note.Process, out var process))
            return !process!.IsAlive;
        return owner.BeatAt is not { } at || now - at > SilentForGood;
    }

    private async Task<HashSet<string>> OverAsync(
        IReadOnlyList<Claim> owners,
        AgentNote? self,
        DateTime now,
        CancellationToken cancel
    )
    {
        var over = owners.Where(owner => IsEarlierLife(owner.Note, self)).Select(owner => owner.Path).ToHashSet();
        var known = owners
            .Select(owner => (owner, Job: JobOf(owner.Note!.Job!)))
            .Where(one => one.Job is not null && !over.Contains(one.owner.Path))
            .ToList();
        if (known.Count == 0)
            return over;
        SlurmJobId[] ids = [.. known.Select(one => one.Job!.Value.Id).Distinct()];
        if (
            await slurm.QueueAsync(new QueueQuery.Jobs(ids) { Unfold = true }, cancel)
            is not SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows }
        )
            return over;
        var left = new List<(Claim Owner, (SlurmJobId Id, int? Index) Job)>();
        foreach (var (owner, job) in known)
            if (rows.FirstOrDefault(row => Covers(row.Job, job!.Value)) is not { } row)
                left.Add((owner, job!.Value));
            else if (row.State.IsOver || row.State.IsWaiting || HasStartedAgain(row, owner.Note!))
                over.Add(owner.Path);
        if (left.Count > 0)
            over.UnionWith(await AccountedAsync(left, now, cancel));
        return over;
    }

    private static bool HasStartedAgain(QueuedJob row, AgentNote note) =>
        row.Restarts > note.Restarts || row.Start > note.At + ClocksApart;

    // The queue answered and doesn't have it: what the accounting says, or nobody after a good while.
    private async Task<IEnumerable<string>> AccountedAsync(
        List<(Claim Owner, (SlurmJobId Id, int? Index) Job)> left,
        DateTime now,
        CancellationToken cancel
    )
    {
        var query = new AccountingQuery.Jobs([.. left.Select(one => one.Job.Id).Distinct()])
        {
            Duplicates = true,
            Since = left.Min(one => one.Owner.Note!.At) - TimeSpan.FromDays(1),
        };
        var answer = await slurm.AccountingAsync(query, cancel);
        var rows = answer is SlurmAnswer<IReadOnlyList<AccountedJob>>.Answered { Value: var read } ? read : [];
        return left.Where(one =>
            {
                var latest = rows.Where(row => Covers(row.Job, one.Job)).MaxBy(row => row.Submitted);
                return latest?.State.IsOver ?? (one.Owner.BeatAt is not { } at || now - at > Forgotten);
            })
            .Select(one => one.Owner.Path);
    }

    private static bool Covers(JobReference row, (SlurmJobId Id, int? Index) job) =>
        row.Id == job.Id && (job.Index is not { } index || row is JobReference.Whole || row.Covers(index));

    private static (SlurmJobId Id, int? Index)? JobOf(string text)
    {
        var parts = text.Split('_');
        if (!SlurmJobId.TryParse(parts[0], out var id))
            return null;
        return (id.Value, parts.Length > 1 && int.TryParse(parts[1], out var index) ? index : null);
    }
}
