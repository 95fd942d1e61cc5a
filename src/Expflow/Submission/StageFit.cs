using Expflow.Problems;
using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>
/// Whether the site could ever run what an array asks for. Slurm itself doesn't look at nodes while a job is held or waits for another, and takes a walltime
/// above the partition's unless the site has it refuse: such jobs would wait for ever.
/// </summary>
/// <param name="partitions">The site's partitions; none when Slurm doesn't say.</param>
/// <param name="nodes">The site's nodes, those out of service too; none when Slurm doesn't say.</param>
public sealed class StageFit(IReadOnlyList<Partition> partitions, IReadOnlyList<SlurmNode> nodes)
{
    /// <summary>Why it could never run; null when it could, or nobody knows.</summary>
    public Problem? WhyNot(ArrayDraft draft)
    {
        var named = draft.Stage.Resources.Partition?.Split(',', StringSplitOptions.TrimEntries);
        var own = partitions.Where(one => named?.Contains(one.Name) ?? one.IsDefault).ToList();
        var its = nodes.Where(node => node.Partitions.Any(name => own.Exists(one => one.Name == name))).ToList();
        if (its.Count == 0)
            return null;
        var where = $"partition '{string.Join(',', own.Select(one => one.Name))}'";
        return TooLong(draft, own, where) ?? TooMuch(draft, its, where);
    }

    // A QOS may lift a partition's limit.
    private static Problem? TooLong(ArrayDraft draft, List<Partition> own, string where) =>
        draft.Stage.Resources.Qos is null
        && draft.Like.Ask.Walltime is { } walltime
        && own.Max(one => one.MaxTime ?? TimeSpan.MaxValue) is var most
        && walltime > most
            ? Said(draft, $"'walltime' {Walltime.From(walltime)}, but {where} has at most {Walltime.From(most)}")
            : null;

    private static Problem? TooMuch(ArrayDraft draft, List<SlurmNode> its, string where)
    {
        var (ask, gpus) = (draft.Like.Ask, draft.Stage.Resources.Gpus);
        bool HasMemory(SlurmNode node) => ask.Memory is null || node.Memory is null || ask.Memory <= node.Memory?.Bytes;
        bool HasCpus(SlurmNode node) => ask.Cpus is null || ask.Cpus <= node.Cpus;
        bool HasGpus(SlurmNode node) => gpus is not { } wanted || wanted.Count <= GpusOf(node, wanted.Type);
        if (its.Exists(node => HasMemory(node) && HasCpus(node) && HasGpus(node)))
            return null;
        if (!its.Exists(HasMemory))
            return Said(
                draft,
                $"'memory' {MemorySize.FromBytes(ask.Memory!.Value)} a node, but no node of {where} has more than {its.Max(node => node.Memory)}"
            );
        if (!its.Exists(HasCpus))
            return Said(draft, $"'cpus' {ask.Cpus}, but no node of {where} has more than {its.Max(node => node.Cpus)}");
        return !its.Exists(HasGpus)
            ? Said(
                draft,
                $"'gpus' {gpus}, but no node of {where} has more than {its.Max(node => GpusOf(node, gpus!.Value.Type))} of them"
            )
            : Said(draft, $"more memory, CPUs and GPUs together than any node of {where} has");
    }

    private static long GpusOf(SlurmNode node, string? type) =>
        type is null
            ? Gres.CountOf(node.Devices, "gpu")
            : node.Devices.Where(one => one.Name == "gpu" && one.Type == type).Sum(one => one.Count);

    private static Problem Said(ArrayDraft draft, string what) =>
        new(
            $"Stage '{draft.Stage.Name}' asks for {what}. Nothing was submitted. Change 'resources' of the stage, or '--stage {draft.Stage.Name}.KEY=VALUE'."
        );
}
