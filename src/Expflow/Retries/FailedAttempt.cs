using Expflow.Runs;

namespace Expflow.Retries;

/// <summary>An attempt that ended without success, as far as it bears on whether and how it is tried again.</summary>
public sealed record FailedAttempt
{
    /// <summary>Why: <see cref="Diagnosis.Cause"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>Why, in words: <see cref="Diagnosis.Words"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What it asked for.</summary>
    public RetryResources Asked { get; init; } = new();

    /// <summary>The most memory that it was seen to hold, in bytes.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>The node that it ran on.</summary>
    public string? Node { get; init; }

    /// <summary>True when it has left a checkpoint that the next attempt can go on from.</summary>
    public bool HasSaved { get; init; }

    /// <summary>How often the policy has tried the run again after this cause.</summary>
    public int Tries { get; init; }
}
