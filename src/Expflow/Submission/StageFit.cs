using Expflow.Experiments;
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
    public Problem? WhyNot(ArrayDraft draft) =>
        WhyNot(
            draft.Stage.Resources with
            {
                Memory = draft.Like.Ask.Memory is { } bytes ? MemorySize.FromBytes(bytes) : null,
                Cpus = draft.Like.Ask.Cpus,
                Walltime = draft.Like.Ask.Walltime is { } walltime ? Walltime.From(walltime) : null,
            },
            $"Stage '{draft.Stage.Name}'",
            $"Nothing was submitted. Change 'resources' of the stage, or '--stage {draft.Stage.Name}.KEY=VALUE'."
        );

    /// <summary>Why something could never run; null when it could, or nobody knows.</summary>
    /// <param name="asked">What it asks for.</param>
    /// <param name="who">Who asks, as a sentence begins.</param>
    /// <param name="wayOut">What came of it and what to do, in sentences.</param>
    public Problem? WhyNot(Resources asked, string who, string wayOut)
    {
        var named = asked.Partition?.Split(',', StringSplitOptions.TrimEntries);
        var own = partitions.Where(one => named?.Contains(one.Name) ?? one.IsDefault).ToList();
        var its = nodes.Where(node => node.Partitions.Any(name => own.Exists(one => one.Name == name))).ToList();
        if (its.Count == 0)
            return null;
        var where = $"partition '{string.Join(',', own.Select(one => one.Name))}'";
        return (TooLong(asked, own, where) ?? TooMuch(asked, its, where)) is { } what
            ? new Problem($"{who} asks for {what}. {wayOut}")
            : null;
    }

    // A QOS may lift a partition's limit.
    private static string? TooLong(Resources asked, List<Partition> own, string where) =>
        asked.Qos is null
        && asked.Walltime is { Duration: var walltime }
        && own.Max(one => one.MaxTime ?? TimeSpan.MaxValue) is var most
        && walltime > most
            ? $"'walltime' {Walltime.From(walltime)}, but {where} has at most {Walltime.From(most)}"
            : null;

    private static string? TooMuch(Resources asked, List<SlurmNode> its, string where)
    {
        var gpus = asked.Gpus;
        bool HasMemory(SlurmNode node) => asked.Memory is null || node.Memory is null || asked.Memory <= node.Memory;
        bool HasCpus(SlurmNode node) => asked.Cpus is null || asked.Cpus <= node.Cpus;
        bool HasGpus(SlurmNode node) => gpus is not { } wanted || wanted.Count <= GpusOf(node, wanted.Type);
        if (its.Exists(node => HasMemory(node) && HasCpus(node) && HasGpus(node)))
            return null;
        if (!its.Exists(HasMemory))
            return $"'memory' {asked.Memory} a node, but no node of {where} has more than {its.Max(node => node.Memory)}";
        if (!its.Exists(HasCpus))
            return $"'cpus' {asked.Cpus}, but no node of {where} has more than {its.Max(node => node.Cpus)}";
        return !its.Exists(HasGpus)
            ? $"'gpus' {gpus}, but no node of {where} has more than {its.Max(node => GpusOf(node, gpus!.Value.Type))} of them"
            : $"more memory, CPUs and GPUs together than any node of {where} has";
    }

    private static long GpusOf(SlurmNode node, string? type) =>
        type is null
            ? Gres.CountOf(node.Devices, "gpu")
            : node.Devices.Where(one => one.Name == "gpu" && one.Type == type).Sum(one => one.Count);
}
