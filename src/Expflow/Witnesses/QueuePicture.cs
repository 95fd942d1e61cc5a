using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>The rows of the queue, to be asked for one task.</summary>
public sealed class QueuePicture
{
    private readonly Dictionary<(long Job, int Index), QueuedJob> tasks = [];
    private readonly Dictionary<long, List<QueuedJob>> sets = [];

    /// <summary>Of these rows: one for each task that was ever started, one for all tasks of an array that wait alike.</summary>
    public QueuePicture(IEnumerable<QueuedJob> rows)
    {
        foreach (var row in rows)
            if (row.Job is JobReference.Task task)
                tasks[(task.Id.Number, task.Index)] = row;
            else if (sets.TryGetValue(row.Job.Id.Number, out var others))
                others.Add(row);
            else
                sets.Add(row.Job.Id.Number, [row]);
    }

    /// <summary>The most neighbouring tasks from one number to another that one row speaks of; null when none speaks of several.</summary>
    /// <param name="array">Their array.</param>
    /// <param name="first">The smallest number that matters.</param>
    /// <param name="last">The largest.</param>
    public TaskRange? Alike(LiveArray array, int first, int last)
    {
        var job = array.Job.Id.Number;
        // A second row for several tasks is not Slurm's way; then each task is looked at.
        if (sets.GetValueOrDefault(job) is not [{ State.IsOver: false } row] || !IsOurs(array, row))
            return null;
        var widest = default(TaskRange?);
        foreach (var range in RangesOf(row.Job, first, last))
        {
            var inside = range with { First = Math.Max(range.First, first), Last = Math.Min(range.Last, last) };
            if (range.Step == 1 && inside.First < inside.Last && !(inside.Count <= widest?.Count))
                widest = inside;
        }
        return tasks.Keys.Any(task => task.Job == job && widest?.Contains(task.Index) == true) ? null : widest;
    }

    /// <summary>The row that speaks of a task; null when the queue has none, or only one of a stranger with the same id.</summary>
    public QueuedJob? Find(TaskPlace place)
    {
        var job = place.Array.Job.Id.Number;
        if (!tasks.TryGetValue((job, place.Index), out var row))
            row = sets.GetValueOrDefault(job)?.Find(set => set.Job.Covers(place.Index));
        return row is { State.IsOver: false } && IsOurs(place.Array, row) ? row : null;
    }

    private static ReadOnlySpan<TaskRange> RangesOf(JobReference job, int first, int last) =>
        job switch
        {
            JobReference.Tasks tasks => tasks.Set.Ranges.AsSpan(),
            JobReference.Whole => (TaskRange[])[new(first, last)],
            _ => [],
        };

    private static bool IsOurs(LiveArray array, QueuedJob row) => array.IsOurs(row.Name, row.Comment, row.Submitted);
}
