using Expflow.Slurm;

namespace Expflow.Detection;

/// <summary>A partition and what its nodes have.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record PartitionSummary(Partition Partition, IReadOnlyList<SlurmNode> Nodes)
{
    /// <summary>All partitions in Slurm's order.</summary>
    public static IReadOnlyList<PartitionSummary> Of(
        IEnumerable<Partition> partitions,
        IReadOnlyList<SlurmNode> nodes
    ) =>
        [
            .. partitions.Select(partition => new PartitionSummary(
                partition,
                [.. nodes.Where(node => node.Partitions.Contains(partition.Name))]
            )),
        ];

    /// <summary>How many of its nodes stand so.</summary>
    public int Count(NodeCondition condition) => Nodes.Count(node => node.Condition == condition);

    /// <summary>CPUs of all nodes.</summary>
    public int Cpus => Nodes.Sum(node => node.Cpus);

    /// <summary>CPUs that a job could have now.</summary>
    public int FreeCpus => Nodes.Sum(node => node.FreeCpus);

    /// <summary>The most CPUs of a node; null without nodes.</summary>
    public int? MostCpus => Nodes.Count == 0 ? null : Nodes.Max(node => node.Cpus);

    /// <summary>The most memory of a node; null where Slurm doesn't say.</summary>
    public MemorySize? MostMemory => Nodes.Max(node => node.Memory);

    /// <summary>GPUs by type.</summary>
    public IReadOnlyList<GpuStock> Gpus => GpuStock.Together(Nodes.SelectMany(node => node.Gpus));

    /// <summary>What a job may ask for on one node of each type of GPU: the most that one has.</summary>
    public IReadOnlyList<Gres> MostGpus =>
        [
            .. Nodes
                .SelectMany(node => node.Gpus)
                .GroupBy(one => one.Type, StringComparer.Ordinal)
                .Select(group => new Gres("gpu", group.Key, group.Max(one => one.Total))),
        ];
}
