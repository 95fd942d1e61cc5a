using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>What a run asks for. Null leaves it to the executor or the site.</summary>
public sealed record Resources
{
    /// <summary>Nothing asked for.</summary>
    public static readonly Resources Open = new();

    /// <summary>CPU cores per node, 1 or more.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory per node.</summary>
    public MemorySize? Memory { get; init; }

    /// <summary>GPUs per node.</summary>
    public GpuRequest? Gpus { get; init; }

    /// <summary>Memory of each of its GPUs that a run needs; only pools, whose runs share GPUs, heed it.</summary>
    public MemorySize? GpuMemory { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public Walltime? Walltime { get; init; }

    /// <summary>Nodes, 1 or more.</summary>
    public int? Nodes { get; init; }

    /// <summary>Slurm's account.</summary>
    public string? Account { get; init; }

    /// <summary>Slurm's partition, or several with commas.</summary>
    public string? Partition { get; init; }

    /// <summary>Slurm's quality of service.</summary>
    public string? Qos { get; init; }

    /// <summary>Slurm's node features.</summary>
    public string? Constraint { get; init; }

    /// <summary>Where Slurm is to run it, as options of <c>sbatch</c>: those of <c>--account</c>, <c>--partition</c>, <c>--qos</c> and <c>--constraint</c> that are set.</summary>
    public IEnumerable<string> PlaceOptions()
    {
        if (Account is { } account)
            yield return $"--account={account}";
        if (Partition is { } partition)
            yield return $"--partition={partition}";
        if (Qos is { } qos)
            yield return $"--qos={qos}";
        if (Constraint is { } constraint)
            yield return $"--constraint={constraint}";
    }
}
