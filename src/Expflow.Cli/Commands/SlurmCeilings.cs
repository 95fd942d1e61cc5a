using Expflow.Experiments;
using Expflow.Retries;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary>The most that a stage's runs can be given on this cluster: what its partitions allow, and what their nodes have.</summary>
internal sealed class SlurmCeilings(
    IReadOnlyList<Partition> partitions,
    IReadOnlyList<SlurmNode> nodes,
    SlurmConfiguration? configuration
)
{
    /// <summary>Asks the site. What it doesn't say is no limit; null when it says nothing at all.</summary>
    public static async Task<SlurmCeilings?> ReadAsync(SlurmClient slurm)
    {
        var partitions = slurm.PartitionsAsync();
        var nodes = slurm.NodesAsync();
        var configuration = slurm.ConfigurationAsync();
        return await partitions is SlurmAnswer<IReadOnlyList<Partition>>.Answered { Value: var known }
            ? new(
                known,
                (await nodes as SlurmAnswer<IReadOnlyList<SlurmNode>>.Answered)?.Value ?? [],
                (await configuration as SlurmAnswer<SlurmConfiguration>.Answered)?.Value
            )
            : null;
    }

    /// <summary>The limits for one stage. Of several partitions the most generous counts: Slurm takes the one that fits.</summary>
    public RetryLimits For(Stage stage)
    {
        var names = stage.Resources.Partition?.Split(',', StringSplitOptions.TrimEntries);
        var own = partitions.Where(one => names?.Contains(one.Name) ?? one.IsDefault).ToList();
        if (own.Count == 0)
            return RetryLimits.Unknown;
        var its = nodes.Where(node => node.Partitions.Any(name => own.Exists(one => one.Name == name))).ToList();
        return new()
        {
            MemoryPerNode = Least(
                Most(its.Select(node => node.Memory?.Bytes)),
                Most(own.Select(one => (one.MaxMemPerNode ?? configuration?.MaxMemPerNode)?.Bytes))
            ),
            MemoryPerCpu = Most(own.Select(one => (one.MaxMemPerCpu ?? configuration?.MaxMemPerCpu)?.Bytes)),
            Cpus = (int?)Least(
                its.Count == 0 ? null : its.Max(node => node.Cpus),
                Most(own.Select(one => (long?)one.MaxCpusPerNode))
            ),
            Walltime = own.Exists(one => one.MaxTime is null) ? null : own.Max(one => one.MaxTime),
            Nodes = its.Count == 0 ? null : its.Count(node => node.IsUsable),
        };
    }

    // One without a limit leaves all without.
    private static long? Most(IEnumerable<long?> limits)
    {
        long? most = null;
        foreach (var limit in limits)
        {
            if (limit is null)
                return null;
            most = Math.Max(most ?? 0, limit.Value);
        }
        return most;
    }

    private static long? Least(long? a, long? b) =>
        a is null ? b
        : b is null ? a
        : Math.Min(a.Value, b.Value);
}
