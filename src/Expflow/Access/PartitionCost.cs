using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>What a job costs at most in one partition: all of its walltime.</summary>
/// <param name="CpuHours">CPU-hours.</param>
/// <param name="GpuHours">GPU-hours.</param>
/// <param name="Charge">What the site charges (<c>TRESBillingWeights</c>; its CPU-hours where the partition has none); null where that isn't known.</param>
public sealed record PartitionCost(double CpuHours, double GpuHours, double? Charge)
{
    /// <summary>The cost; null where nobody knows how long it takes.</summary>
    /// <param name="site">The cluster.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="wanted">What the job asks for.</param>
    public static PartitionCost? Of(AccessSite site, Partition partition, Resources wanted)
    {
        if ((wanted.Walltime?.Duration ?? partition.DefaultTime) is not { } time)
            return null;
        var (hours, nodes) = (time.TotalHours, wanted.Nodes ?? 1);
        var (cpus, gpus, memory) = Held(site, partition, wanted);
        // Slurm charges a job's CPUs where a partition has no weights.
        var charge = partition.BillingWeights is { } weights
            ? weights.PerHour(cpus, memory, gpus, wanted.Gpus?.Type, site.Configuration?.BillsDearest is true)
            : cpus;
        return new(cpus * nodes * hours, gpus * nodes * hours, charge * nodes * hours);
    }

    // What it has on each node, which may be more than it asks for.
    private static (int Cpus, long Gpus, long? Memory) Held(AccessSite site, Partition partition, Resources wanted)
    {
        var cpus = wanted.Cpus ?? 1;
        long gpus = wanted.Gpus?.Count ?? 0;
        var memory =
            wanted.Memory?.Bytes
            ?? (partition.DefMemPerNode ?? site.Configuration?.DefMemPerNode)?.Bytes
            ?? (partition.DefMemPerCpu ?? site.Configuration?.DefMemPerCpu)?.Bytes * cpus;
        // Above the limit for each CPU, Slurm gives more CPUs.
        if ((partition.MaxMemPerCpu ?? site.Configuration?.MaxMemPerCpu)?.Bytes is { } most && memory > most * cpus)
            cpus = (int)Math.Ceiling(memory.Value / (double)most);
        if (!partition.IsExclusive)
            return (cpus, gpus, memory);
        var smallest = site.NodesOf(partition.Name)
            .Where(node => node.Cpus >= cpus && node.Gpus.Sum(one => one.Total) >= gpus)
            .OrderBy(node => node.Cpus)
            .FirstOrDefault();
        return smallest is null
            ? (cpus, gpus, memory)
            : (smallest.Cpus, smallest.Gpus.Sum(one => one.Total), smallest.Memory?.Bytes ?? memory);
    }
}
