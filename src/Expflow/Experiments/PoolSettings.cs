using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>A pool and the allocations that work on it: the key <c>pool</c>. Null leaves it to the rule, or to the site. No part of a run's identity.</summary>
public sealed record PoolSettings
{
    /// <summary>Nothing said.</summary>
    public static readonly PoolSettings Open = new();

    /// <summary>The pool that is meant when none is named.</summary>
    public const string DefaultName = "main";

    /// <summary>How long an allocation with nothing to do stays when nothing is said.</summary>
    public static readonly TimeSpan UsualIdle = TimeSpan.FromMinutes(5);

    /// <summary>The pool's name: letters, digits, <c>_</c>, <c>.</c>, <c>-</c>; at most 64.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>How many allocations a submission sees to, 0 or more; null: those that are there.</summary>
    public int? Allocations { get; init; }

    /// <summary>GPUs of one allocation; null or 0 for none.</summary>
    public GpuRequest? Gpus { get; init; }

    /// <summary>Generic resources beside GPUs: <c>lscratch:200</c>.</summary>
    public IReadOnlyList<string> Gres { get; init; } = [];

    /// <summary>Runs at once on one GPU, 1 or more; null for one.</summary>
    public int? WorkersPerGpu { get; init; }

    /// <summary>Runs at once in one allocation, 1 or more; null: by its GPUs, or as many as cores and memory allow.</summary>
    public int? Workers { get; init; }

    /// <summary>How long an allocation may last; null leaves it to the site.</summary>
    public Walltime? Time { get; init; }

    /// <summary>CPU cores of one allocation; null leaves it to the site.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory of one allocation; null leaves it to the site.</summary>
    public MemorySize? Memory { get; init; }

    /// <summary>Slurm's account.</summary>
    public string? Account { get; init; }

    /// <summary>Slurm's partition, or several with commas.</summary>
    public string? Partition { get; init; }

    /// <summary>Slurm's quality of service.</summary>
    public string? Qos { get; init; }

    /// <summary>Slurm's node features.</summary>
    public string? Constraint { get; init; }

    /// <summary>Nodes to avoid.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>How long an allocation with nothing to do stays, 0 or more; null for <see cref="UsualIdle"/>.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>How much later than the one before it each allocation of a start begins, so that not all of them read the same files at once; null for none.</summary>
    public TimeSpan? Stagger { get; init; }

    /// <summary>Whether NVIDIA's multi-process service runs in each allocation, so that runs share a GPU better.</summary>
    public bool Mps { get; init; }

    /// <summary>At most so many allocations of a start at once; null for as many as Slurm starts.</summary>
    public int? Throttle { get; init; }
}

/// <summary>What carries out an experiment that is submitted.</summary>
public enum ExperimentExecutor
{
    /// <summary>Slurm where there is one, else this machine.</summary>
    Open,

    /// <summary>This machine.</summary>
    Local,

    /// <summary>Job arrays of Slurm.</summary>
    Slurm,

    /// <summary>Workers of a pool.</summary>
    Pool,
}
