using Expflow.Indexing;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>Finds the run that a job carries out, or once did.</summary>
internal static class JobWords
{
    /// <summary>The run of a task; none when no array of this project was that job.</summary>
    public static IReadOnlyList<TrackedRun> Find(RunIndex index, JobReference.Task task)
    {
        foreach (var experiment in index.Experiments())
        {
            // Ids come again: the newest array that had it is meant.
            var array = index.Arrays(experiment).Select(LiveArray.Of).LastOrDefault(array => array?.Job.Id == task.Id);
            if (array is not null)
                return index.Runs(index.RunsOf(array.Id, task.Index));
        }
        return [];
    }
}
