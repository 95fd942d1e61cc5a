using Expflow.Slurm;

namespace Expflow.Detection;

/// <summary>What is the same for every user of a cluster.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Partitions">Its partitions; none where Slurm doesn't say.</param>
public sealed record ClusterSight(SlurmConfiguration Configuration, IReadOnlyList<PartitionSummary> Partitions);
