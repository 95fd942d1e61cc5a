using Expflow.Indexing;
using Expflow.Pools;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Looks at a pool: its allocations in Slurm's queue, its agents' folders, and what the journal says of its runs.</summary>
internal sealed class PoolSight(Composition with, RunIndex index)
{
    /// <summary>Over how long throughput is measured.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>A look.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="ask">Asks Slurm's queue; null: it is asked now.</param>
    public async Task<PoolPicture> LookAsync(PoolFolder pool, PoolJobs.Question? ask = null)
    {
        var queue = SlurmSite.Find(with) is { } site
            ? await PoolJobs.AskAsync(pool, ask ?? PoolJobs.From(site.Client.With(SlurmPatience.Short)))
            : new PoolJobs([], "there is no Slurm on this machine");
        index.Refresh();
        var now = with.Time.GetUtcNow();
        var contents = QueueContents.Of(pool);
        var experiments = index.ExperimentsIn(pool.Name);
        var counts = experiments.SelectMany(index.Counts).ToList();
        int Of(string state) => counts.Where(count => count.State == state).Sum(count => count.Runs);
        var agents = contents.Claims.Where(claim => claim.Note is not null).Select(claim => claim.Note!).ToList();
        var jobs = agents.Select(agent => agent.Job).OfType<string>().ToHashSet();
        var running = experiments
            .SelectMany(index.Running)
            .Where(run => run.History.Started?.Job is { } job && jobs.Contains(job))
            .ToList();
        var recent = experiments.Sum(experiment => index.DoneSince(experiment, now - Window));
        var allocations = AllocationsOf(pool, queue, contents).ToList();
        return new()
        {
            Pool = pool.Name,
            State = PoolControl.Read(pool).State,
            Allocations = allocations,
            LastWords = allocations.Count == 0 ? LastWordsOf(pool) : null,
            Running = running,
            // What was cancelled stays in its batch until an agent takes that.
            Ready = Math.Min(contents.Ready, Of("pending")),
            Blocked = Math.Clamp(Of("pending") - contents.Ready, 0, contents.Blocked),
            Claimed = Math.Clamp(
                Of("pending") + Of("running") - contents.Ready - contents.Blocked - running.Count,
                0,
                contents.Taken
            ),
            Done = Of("done"),
            Failed = Of("failed") + Of("cancelled"),
            DoneLately = recent,
            Lately = TimeSpan.FromTicks(
                Math.Min(Window.Ticks, Math.Max(TimeSpan.TicksPerSecond, SinceOf(agents, now).Ticks))
            ),
            Experiments = experiments,
            Trouble = queue.Trouble,
            At = now,
        };
    }

    // An allocation that can't begin says why in its log, and nowhere else.
    private static string? LastWordsOf(PoolFolder pool)
    {
        if (!Directory.Exists(pool.Logs))
            return null;
        try
        {
            var newest = new DirectoryInfo(pool.Logs).EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc);
            var last = newest is { Length: > 0 and < 1 << 20 }
                ? File.ReadLines(newest.FullName).LastOrDefault(line => line.Length > 0)
                : null;
            return last is null ? null : $"{Path.GetFileNameWithoutExtension(newest!.Name)}: {last}";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A pool that began a minute ago has its throughput over that minute.
    private static TimeSpan SinceOf(List<AgentNote> agents, DateTimeOffset now) =>
        agents.Count == 0 ? Window : now - agents.Min(agent => agent.At);

    private static IEnumerable<PoolAllocation> AllocationsOf(PoolFolder pool, PoolJobs queue, QueueContents contents)
    {
        var claims = contents
            // A command that puts right what others left has a folder for a moment, and no workers.
            .Claims.Where(claim => claim.Note is { Workers: > 0 })
            .GroupBy(claim => claim.Note!.Job ?? $"{claim.Note.Host}:{claim.Note.Process}")
            .ToDictionary(group => group.Key, group => group.First());
        var sizes = PoolStart
            .All(pool)
            .Where(start => SlurmJob.TryParse(start.Job, out _))
            .ToDictionary(start => start.Job!.Split(';')[0], start => start.Workers);
        foreach (var row in queue.Live)
        {
            var job = row.Job.ToString();
            claims.Remove(job, out var claim);
            yield return new()
            {
                Job = job,
                Row = row,
                Claim = claim,
                Workers = claim?.Note?.Workers ?? sizes.GetValueOrDefault(row.Job.Id.ToString()),
            };
        }
        // Agents whose job the queue doesn't have: it is over, or Slurm could not be asked.
        foreach (var (job, claim) in claims)
            yield return new()
            {
                Job = job,
                Claim = claim,
                Workers = claim.Note?.Workers,
            };
    }
}

/// <summary>A pool as of one look.</summary>
internal sealed record PoolPicture
{
    public required PoolName Pool { get; init; }

    public required PoolState State { get; init; }

    /// <summary>Those that wait or run, and agents of which the queue knows nothing.</summary>
    public required IReadOnlyList<PoolAllocation> Allocations { get; init; }

    /// <summary>What its workers carry out now.</summary>
    public required IReadOnlyList<TrackedRun> Running { get; init; }

    /// <summary>Runs that wait for nothing but a worker.</summary>
    public required int Ready { get; init; }

    /// <summary>Runs that wait for others.</summary>
    public required int Blocked { get; init; }

    /// <summary>Runs that agents have in hand and have still to start.</summary>
    public required int Claimed { get; init; }

    /// <summary>Runs that are done, of all experiments that were ever given to it.</summary>
    public required int Done { get; init; }

    /// <summary>Runs of them that failed or were cancelled.</summary>
    public required int Failed { get; init; }

    /// <summary>Runs that got done within <see cref="Lately"/>.</summary>
    public required int DoneLately { get; init; }

    /// <summary>Over how long that was counted.</summary>
    public required TimeSpan Lately { get; init; }

    /// <summary>The experiments that were ever given to it.</summary>
    public required IReadOnlyList<string> Experiments { get; init; }

    /// <summary>What the last allocation left in its log, where there is none any more.</summary>
    public string? LastWords { get; init; }

    /// <summary>Why Slurm could not be asked; null when it was.</summary>
    public string? Trouble { get; init; }

    /// <summary>When this was so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Runs that have still to be done, but for those that failed.</summary>
    public int Left => Ready + Blocked + Claimed + Running.Count;

    /// <summary>Runs a minute; null when none got done lately.</summary>
    public double? Rate => DoneLately > 0 ? DoneLately / Lately.TotalMinutes : null;

    /// <summary>How long it will take at this rate; null when that isn't known.</summary>
    public TimeSpan? TimeLeft => Left > 0 && Rate is { } rate ? TimeSpan.FromMinutes(Left / rate) : null;

    /// <summary>Workers that are there now.</summary>
    public int Workers => Allocations.Sum(one => one.Claim?.Reaper is null ? one.Claim?.Note?.Workers ?? 0 : 0);
}

/// <summary>An allocation of a pool.</summary>
internal sealed record PoolAllocation
{
    /// <summary>Its job, as Slurm writes it: <c>123_4</c>.</summary>
    public required string Job { get; init; }

    /// <summary>What the queue says of it; null when it says nothing.</summary>
    public QueuedJob? Row { get; init; }

    /// <summary>What its agent has in hand; null before it has begun.</summary>
    public Claim? Claim { get; init; }

    /// <summary>Runs at once; null when that isn't known before it begins.</summary>
    public int? Workers { get; init; }
}
