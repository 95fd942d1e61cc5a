using Expflow.Arrays;
using Expflow.Journal;
using Expflow.Queues;
using Expflow.Runs;

namespace Expflow.Submission;

/// <summary>Cuts runs into the batches of a pool's queue: runs of one stage that ask for the same, in the order in which they are to start.</summary>
/// <param name="isBlocked">Whether a run waits for one that is not done.</param>
/// <param name="priority">The priority of all, 0 to 1000; null: as their stages say.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Where ids come from.</param>
public sealed class PoolBatches(Func<WantedRun, bool> isBlocked, int? priority, TimeProvider time, Random random)
{
    /// <summary>The batches.</summary>
    /// <param name="wanted">The runs, in the order in which they are to start.</param>
    public IReadOnlyList<Batch> Cut(IReadOnlyList<WantedRun> wanted)
    {
        var size = Batch.SizeFor(wanted.Count);
        var batches = new List<Batch>();
        foreach (
            var alike in wanted
                .Index()
                .GroupBy(one =>
                    (one.Item.Submission.Submission, one.Item.Stage.Name, one.Item.Ask, isBlocked(one.Item))
                )
        )
        foreach (var chunk in alike.Chunk(size))
            batches.Add(BatchOf(chunk[0].Index, [.. chunk.Select(one => one.Item)], alike.Key.Item4));
        return batches;
    }

    private Batch BatchOf(int sequence, WantedRun[] runs, bool blocked)
    {
        var like = runs[0];
        var (stage, submission) = (like.Stage, like.Submission);
        var name = new BatchName
        {
            Priority = priority ?? stage.Priority,
            Sequence = sequence,
            IsBlocked = blocked,
            Request = RequestOf(like),
            Runs = runs.Length,
            Stage = BatchName.KeyOf(submission.Experiment, stage.Name),
            Id = (ulong)random.NextInt64(),
        };
        var header = new ArrayHeader
        {
            Array = ArrayId.New(time, random),
            Submission = submission.Submission,
            Experiment = submission.Experiment,
            Stage = stage.Name,
            At = time.GetUtcNow(),
            Code = submission.Code,
            Memory = like.Ask.Memory,
            Cpus = like.Ask.Cpus,
            Walltime = like.Ask.Walltime?.TotalSeconds,
            Script = "",
            Resolved = submission.Resolved,
        };
        return new(name, header, [.. runs.Select(TaskOf)]);
    }

    private static BatchRequest RequestOf(WantedRun run) =>
        new()
        {
            Cores = run.Ask.Cpus ?? 1,
            Memory = run.Ask.Memory ?? 0,
            Gpus = run.Stage.Resources.Gpus?.Count ?? 0,
            GpuType = run.Stage.Resources.Gpus?.Type,
            GpuMemory = run.Stage.Resources.GpuMemory?.Bytes ?? 0,
            Walltime = run.Ask.Walltime,
        };

    private static ArrayTask TaskOf(WantedRun run, int index) =>
        new(index, run.Run, run.Turn, run.Upstream)
        {
            After = run.After,
            Requeued = run.Requeued is { } order ? JournalText.Write(order) : null,
        };
}
