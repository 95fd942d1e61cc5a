using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Submission;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Looks at Slurm again and again, beside whatever else a screen does, no oftener than the interval allows.</summary>
internal sealed class SlurmFollowing : IDisposable
{
    // One look may fall between the end of a job and the submission of what follows it.
    private const int QuietLooks = 2;

    private readonly Composition with;
    private readonly RunIndex index;
    private readonly SlurmReading reading;
    private readonly string experiment;
    private readonly CancellationTokenSource leaving = new();
    private Task<SlurmView>? looking;
    private long lookedAt;
    private long sentinelAskedAt;
    private bool hasSentinel;
    private int quiet;

    private SlurmFollowing(Composition with, ProjectFolder project, RunIndex index, string experiment)
    {
        (this.with, this.index, this.experiment) = (with, index, experiment);
        reading = new(with, project, index);
    }

    /// <summary>Follows an experiment with an index of its own; null when Slurm has nothing to do with it.</summary>
    public static SlurmFollowing? Of(Composition with, ProjectFolder project, string experiment)
    {
        var index = with.OpenIndex(project);
        if (SlurmReading.IsOnSlurm(index, experiment))
            return new(with, project, index, experiment);
        index.Dispose();
        return null;
    }

    /// <summary>What to say of Slurm: nothing before its first answer.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>False when nothing more will happen by itself: what hasn't ended can never start, or was never sent.</summary>
    public bool IsAlive => quiet < QuietLooks;

    /// <summary>Something has just been sent out: the next look is a new one.</summary>
    public void Wake() => (quiet, lookedAt) = (0, 0);

    /// <summary>Takes an answer that has come, and asks again when it is time to.</summary>
    public async Task TickAsync()
    {
        if (looking is { IsCompleted: true })
        {
            Take(await looking);
            looking = null;
            lookedAt = with.Time.GetTimestamp();
        }
        if (looking is not null || (lookedAt != 0 && with.Time.GetElapsedTime(lookedAt) < reading.Interval))
            return;
        index.Refresh();
        looking = reading.LookAsync([experiment], cancel: leaving.Token);
    }

    /// <summary>True while a sentinel job is in the queue, which may send out more or try again what failed. Asked no oftener than the interval allows.</summary>
    public async Task<bool> HasSentinelAsync()
    {
        if (sentinelAskedAt != 0 && with.Time.GetElapsedTime(sentinelAskedAt) < reading.Interval)
            return hasSentinel;
        sentinelAskedAt = with.Time.GetTimestamp();
        var query = new QueueQuery.Named(SentinelScript.NameOf(experiment));
        var answer = await with.Slurm().QueueAsync(query, leaving.Token);
        hasSentinel =
            answer is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows }
            && rows.Any(row => row.State.IsLive);
        return hasSentinel;
    }

    public void Dispose()
    {
        leaving.Cancel();
        try
        {
            looking?.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // It was asked to give up.
        }
        reading.Dispose();
        index.Dispose();
        leaving.Dispose();
    }

    private void Take(SlurmView view)
    {
        var status = SlurmStatus.Of(view, view.Open(experiment));
        var mayStillTell = status.Groups.Any(group =>
            group.Like.IsAlive || group.Like.Place is SlurmPlace.Left or SlurmPlace.Unasked
        );
        quiet = mayStillTell ? 0 : quiet + 1;
        Lines = [.. SlurmLines.Of(status), .. SlurmLines.Of(view.Look, with.Time.GetUtcNow())];
    }
}
