using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary>Looks at the pools of an experiment again and again, beside whatever else a screen does.</summary>
internal sealed class PoolFollowing : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // One look may fall between the end of an allocation and the start of the next.
    private const int QuietLooks = 2;

    private readonly Composition with;
    private readonly RunIndex index;
    private readonly SlurmReading slurm;
    private readonly PoolReading reading;
    private readonly string experiment;
    private Task<PoolView>? looking;
    private long lookedAt;
    private int quiet;

    private PoolFollowing(Composition with, ProjectFolder project, RunIndex index, string experiment)
    {
        (this.with, this.index, this.experiment) = (with, index, experiment);
        slurm = new(with, project, index);
        reading = new(with, project, index, slurm);
    }

    /// <summary>Follows an experiment with an index of its own; null when no pool has anything to do with it.</summary>
    public static PoolFollowing? Of(Composition with, ProjectFolder project, string experiment)
    {
        var index = with.OpenIndex(project);
        if (index.Submissions(experiment).Any(submission => index.PoolOf(submission) is not null))
            return new(with, project, index, experiment);
        index.Dispose();
        return null;
    }

    /// <summary>What to say of the pools: nothing before the first look.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>False when nothing more will happen by itself: no allocation works on what is left, and none waits.</summary>
    public bool IsAlive => quiet < QuietLooks;

    /// <summary>Takes what a look has found, and looks again when it is time to.</summary>
    public async Task TickAsync()
    {
        if (looking is { IsCompleted: true })
        {
            Take(await looking);
            looking = null;
            lookedAt = with.Time.GetTimestamp();
        }
        if (looking is not null || (lookedAt != 0 && with.Time.GetElapsedTime(lookedAt) < Interval))
            return;
        index.Refresh();
        looking = reading.LookAsync([experiment]);
    }

    public void Dispose()
    {
        // It asks Slurm with little patience.
        looking?.GetAwaiter().GetResult();
        slurm.Dispose();
        index.Dispose();
    }

    private void Take(PoolView view)
    {
        var pools = view.Of(experiment);
        quiet = pools.Any(pool => pool.Allocations.Count > 0 || pool.Trouble is not null) ? 0 : quiet + 1;
        Lines = [.. pools.SelectMany(PoolStatusScreen.Brief)];
    }
}
