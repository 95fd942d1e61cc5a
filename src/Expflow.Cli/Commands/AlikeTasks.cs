using Expflow.Indexing;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Runs that have not ended and that stand alike with Slurm: a single one, or as many as one row of the queue speaks of.</summary>
/// <param name="One">One of them; where they are several, without a run's id.</param>
/// <param name="Runs">How many they are.</param>
internal readonly record struct AlikeTasks(OpenTask One, int Runs)
{
    /// <summary>The runs of an experiment after a look at the queue: only those that stand alone have been read one by one.</summary>
    public static IReadOnlyList<AlikeTasks> Of(
        RunIndex index,
        OpenRuns open,
        TaskPlaces places,
        QueueLook look,
        QueuePicture picture
    ) =>
        [
            .. open.Tasks.Select(task => new AlikeTasks(task, 1)),
            .. open.Untouched.SelectMany(group => Part(index, group, places.Of(group), look, picture)),
        ];

    private static IEnumerable<AlikeTasks> Part(
        RunIndex index,
        UntouchedTasks group,
        TaskPlace? place,
        QueueLook look,
        QueuePicture picture
    )
    {
        if (place is not { } at || look.Unknown.Contains(at.Array.Job.Id))
            return [Together(group, group.First, group.Runs)];
        if (picture.Alike(at.Array, group.First, group.Last) is not { } alike)
            return index.Outside(group, 0, -1).Select(task => new AlikeTasks(task, 1));
        var alone =
            alike.Contains(group.First) && alike.Contains(group.Last)
                ? []
                : index.Outside(group, alike.First, alike.Last);
        return group.Runs > alone.Count
            ? alone
                .Select(task => new AlikeTasks(task, 1))
                .Append(Together(group, alike.First, group.Runs - alone.Count))
            : alone.Select(task => new AlikeTasks(task, 1));
    }

    private static AlikeTasks Together(UntouchedTasks group, int task, int runs) =>
        new(new(default, group.Stage, group.Array, task, null), runs);
}
