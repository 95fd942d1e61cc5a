using Expflow.Arrays;
using Expflow.Experiments;
using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>An array that is to be sent out: runs of one stage that ask for the same and wait for the same.</summary>
public sealed class ArrayDraft
{
    private readonly SortedDictionary<int, WantedRun> tasks = [];

    internal ArrayDraft(ArrayId id, WantedRun like, DraftWait wait) => (Id, Like, Wait) = (id, like, wait);

    /// <summary>The array's id.</summary>
    public ArrayId Id { get; }

    /// <summary>Its first run, which is like all others but for its parameters.</summary>
    public WantedRun Like { get; }

    /// <summary>What it waits for.</summary>
    public DraftWait Wait { get; }

    /// <summary>Its tasks in the order of their indices.</summary>
    public IReadOnlyDictionary<int, WantedRun> Tasks => tasks;

    /// <summary>The stage.</summary>
    public Stage Stage => Like.Stage;

    /// <summary>The Slurm job's name; its end finds the job when the answer of <c>sbatch</c> was lost.</summary>
    public string JobName => $"{Like.Submission.Experiment}.{Stage.Name}.{Id}";

    /// <summary>The indices for <c>sbatch --array</c>.</summary>
    public TaskSet Indices => TaskSet.From(tasks.Keys, Stage.Slurm.Throttle);

    /// <summary>The tasks as the array file has them.</summary>
    public IEnumerable<ArrayTask> ToFile() =>
        tasks.Select(task => new ArrayTask(task.Key, task.Value.Run, task.Value.Turn, task.Value.Upstream)
        {
            After = task.Value.After,
        });

    internal bool TryAdd(int index, WantedRun run) => tasks.TryAdd(index, run);
}
