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

    /// <summary>The row that speaks of a task; null when the queue has none, or only one of a stranger with the same id.</summary>
    public QueuedJob? Find(TaskPlace place)
    {
        var job = place.Array.Job.Id.Number;
        if (!tasks.TryGetValue((job, place.Index), out var row))
            row = sets.GetValueOrDefault(job)?.Find(set => set.Job.Covers(place.Index));
        return row is { State.IsOver: false } && place.Array.IsOurs(row.Name, row.Comment, row.Submitted) ? row : null;
    }
}
