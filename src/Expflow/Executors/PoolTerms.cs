namespace Expflow.Executors;

/// <summary>How an agent works for its pool.</summary>
public sealed record PoolTerms
{
    /// <summary>Runs at once; null: as many as cores, memory and GPUs allow.</summary>
    public int? Workers { get; init; }

    /// <summary>The type of its GPUs, as Slurm names it; null when nobody knows, and then a run that asks for one is believed to have come to the right place.</summary>
    public string? GpuType { get; init; }

    /// <summary>So long without anything to do, and the allocation is given back.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So long before the end of its job it starts nothing more that could be running then.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two signs of life. Who gave none for three times as long is asked after.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(10);
}
