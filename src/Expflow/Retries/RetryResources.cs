namespace Expflow.Retries;

/// <summary>What an attempt asks for, as far as a further try may change it.</summary>
public sealed record RetryResources
{
    /// <summary>Memory of a node in bytes; null leaves it to the site.</summary>
    public long? Memory { get; init; }

    /// <summary>How long the attempt may take; null leaves it to the site.</summary>
    public TimeSpan? Walltime { get; init; }

    /// <summary>CPU cores of a node; null leaves it to the site.</summary>
    public int? Cpus { get; init; }

    /// <summary>Nodes that it is kept away from, in the order of their names.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
