namespace Expflow.Retries;

/// <summary>The most that can be asked for where an attempt runs. Null: no limit is known.</summary>
public sealed record RetryLimits
{
    /// <summary>Nothing is known.</summary>
    public static readonly RetryLimits Unknown = new();

    /// <summary>The most memory of one node in bytes: that of the largest node of the partition, or the partition's <c>MaxMemPerNode</c>.</summary>
    public long? MemoryPerNode { get; init; }

    /// <summary>The most memory for each CPU in bytes: the partition's <c>MaxMemPerCPU</c>. More memory then takes more CPUs.</summary>
    public long? MemoryPerCpu { get; init; }

    /// <summary>The most CPUs of one node.</summary>
    public int? Cpus { get; init; }

    /// <summary>The longest walltime: the partition's <c>MaxTime</c>.</summary>
    public TimeSpan? Walltime { get; init; }

    /// <summary>How many nodes could take the attempt: not all of them may be excluded.</summary>
    public int? Nodes { get; init; }

    /// <summary>The most memory of one attempt in bytes.</summary>
    public long? Memory =>
        MemoryPerCpu * Cpus is { } byCpus && byCpus < (MemoryPerNode ?? long.MaxValue) ? byCpus : MemoryPerNode;
}
