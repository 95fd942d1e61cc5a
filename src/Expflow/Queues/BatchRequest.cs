namespace Expflow.Queues;

/// <summary>What each run of a batch takes of a machine while it runs.</summary>
public readonly record struct BatchRequest
{
    /// <summary>Nothing but a core.</summary>
    public BatchRequest() { }

    /// <summary>CPU cores, 1 or more.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Memory in bytes; 0 when it isn't said.</summary>
    public long Memory { get; init; }

    /// <summary>GPUs, different ones; 0 for none.</summary>
    public int Gpus { get; init; }

    /// <summary>The type that its GPUs must have, as Slurm names it; null for any.</summary>
    public string? GpuType { get; init; }

    /// <summary>Memory of each of its GPUs in bytes; 0 when it isn't said.</summary>
    public long GpuMemory { get; init; }

    /// <summary>How long a run may take; null when it isn't said.</summary>
    public TimeSpan? Walltime { get; init; }
}
