using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>What an attempt has left on disk, looked at once more when nobody has said how it ended.</summary>
public sealed record TracesLeft
{
    /// <summary>No trace at all.</summary>
    public static TracesLeft None { get; } = new();

    /// <summary>The exit code in its exit record; null when there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The declared outputs that are missing or empty.</summary>
    public IReadOnlyList<string> MissingOutputs { get; init; } = [];

    /// <summary>What the end of its log says; null when it says nothing.</summary>
    public LogClue? Clue { get; init; }

    /// <summary>A JSON object: metric name → summary; null when it has none.</summary>
    public string? Metrics { get; init; }

    /// <summary>The memory that its job asked for.</summary>
    public MemorySize? Asked { get; init; }

    /// <summary>The walltime that its job asked for.</summary>
    public Walltime? Limit { get; init; }

    /// <summary>Whether Slurm may start its job again under the same id.</summary>
    public bool MayRequeue { get; init; }
}
