using Expflow.Cli.Commands;
using Expflow.Witnesses;

namespace Expflow.Cli.Screens;

/// <summary>What Slurm says of the runs of one experiment that haven't ended, counted.</summary>
internal sealed record SlurmStatus
{
    /// <summary>Runs that stand alike.</summary>
    public required IReadOnlyList<SlurmGroup> Groups { get; init; }

    /// <summary>The jobs that they are tasks of.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    /// <summary>Per stage: how many wait in the queue for their turn only, and how many the queue has as running though the journal doesn't yet.</summary>
    public required IReadOnlyDictionary<string, (int Queued, int Begun)> Stages { get; init; }

    /// <summary>True while something can happen by itself.</summary>
    public bool IsAlive => Groups.Any(group => group.Like.IsAlive);

    public static SlurmStatus Of(SlurmView view, IEnumerable<AlikeTasks> tasks)
    {
        var groups = new Dictionary<(SlurmPlace, string?), SlurmGroup>();
        var stages = new Dictionary<string, (int Queued, int Begun)>();
        var jobs = new HashSet<string>();
        foreach (var (task, runs) in tasks)
        {
            var standing = view.Like(task);
            var key = (standing.Place, standing.Reason);
            groups[key] = groups.TryGetValue(key, out var group)
                ? group.With(standing, runs)
                : new(standing, runs, standing.ExpectedStart);
            if (standing.Job is { } job)
                jobs.Add(job.Split('_')[0]);
            var (queued, begun) = stages.GetValueOrDefault(task.Stage);
            stages[task.Stage] = (
                queued + (task.Started is null && IsQueued(standing) ? runs : 0),
                begun + (task.Started is null && HasBegun(standing.Place) ? runs : 0)
            );
        }
        return new()
        {
            Groups = [.. groups.Values.OrderBy(group => group.Like.Place).ThenByDescending(group => group.Runs)],
            Jobs = [.. jobs.Order(StringComparer.Ordinal)],
            Stages = stages,
        };
    }

    /// <summary>The stage with its pending runs parted, and those that Slurm has started moved to the running ones.</summary>
    public StageStatus Split(StageStatus stage)
    {
        var (queued, begun) = Stages.GetValueOrDefault(stage.Stage);
        return stage with { Running = stage.Running + begun, Pending = stage.Pending - begun, Queued = queued };
    }

    private static bool IsQueued(SlurmStanding standing) =>
        standing.Place is SlurmPlace.Waiting or SlurmPlace.Requeued or SlurmPlace.HeldByExpflow
        && standing.Reason is not "Dependency";

    private static bool HasBegun(SlurmPlace place) =>
        place is SlurmPlace.Starting or SlurmPlace.Running or SlurmPlace.Suspended or SlurmPlace.Completing;
}

/// <summary>Runs that stand alike with Slurm.</summary>
/// <param name="Like">One of them.</param>
/// <param name="Runs">How many they are.</param>
/// <param name="FirstStart">When Slurm expects the first of them to start; null when it doesn't say.</param>
internal sealed record SlurmGroup(SlurmStanding Like, int Runs, DateTimeOffset? FirstStart)
{
    public SlurmGroup With(SlurmStanding one, int runs) =>
        new(Like, Runs + runs, one.ExpectedStart is { } start && !(FirstStart < start) ? start : FirstStart);
}
