using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Witnesses;

/// <summary>Which task of which array a run is, or last was.</summary>
/// <param name="Array">The array.</param>
/// <param name="Index">The task's number in it.</param>
public readonly record struct TaskPlace(LiveArray Array, int Index)
{
    /// <summary>The task as Slurm writes it: <c>123_4</c>.</summary>
    public string Job => $"{Array.Job.Id}_{Index}";
}

/// <summary>Finds the arrays of runs.</summary>
public sealed class TaskPlaces
{
    private readonly Dictionary<ArrayId, LiveArray> byId;
    private readonly Dictionary<long, LiveArray> byJob = [];

    /// <summary>Of these arrays.</summary>
    public TaskPlaces(IEnumerable<ArrayHistory> arrays)
    {
        byId = arrays.Select(LiveArray.Of).OfType<LiveArray>().ToDictionary(array => array.Id);
        // Oldest first: of two with the same job id, which Slurm gives out again, the newer one holds.
        foreach (var array in byId.Values.OrderBy(array => array.Id))
            byJob[array.Job.Id.Number] = array;
    }

    /// <summary>Where a run is looked for; null when no job that is known of carries it out.</summary>
    public TaskPlace? Of(OpenTask task) => Of(task.Array, task.Task, task.Started?.Job);

    /// <summary>Where the first of these runs is looked for; null when no job that is known of carries them out.</summary>
    public TaskPlace? Of(UntouchedTasks group) => Of(group.Array, group.First, null);

    /// <inheritdoc cref="Of(OpenTask)"/>
    public TaskPlace? Of(TrackedRun run) =>
        Of(run.IsPlaced ? run.Array : null, run.Task, run.History.Ended is null ? run.History.Started?.Job : null);

    // An attempt that runs may be of an earlier array than the one that is to carry its run out next.
    private TaskPlace? Of(ArrayId? array, int index, string? job)
    {
        if (
            job is not null
            && JobReference.TryParse(job, out var reference)
            && reference is JobReference.Task task
            && byJob.TryGetValue(task.Id.Number, out var running)
        )
            return new(running, task.Index);
        return array is { } id && byId.TryGetValue(id, out var live) ? new(live, index) : null;
    }
}
