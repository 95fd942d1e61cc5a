using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>What the accounting says of one task: of its latest time in the queue, with its steps folded in.</summary>
public sealed record AccountedEnd
{
    /// <summary>The state.</summary>
    public required JobState State { get; init; }

    /// <summary>How it ended; null where the accounting doesn't say.</summary>
    public SlurmExitCode? Exit { get; init; }

    /// <summary>When it started; null when it never did.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ended; null when it hasn't, as far as the accounting knows.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How long it ran.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>CPU time of all its steps.</summary>
    public TimeSpan? Cpu { get; init; }

    /// <summary>The most memory that a step held, in bytes, where the site measures it.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>The memory that the job had, in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>How long it was allowed to run.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Its nodes.</summary>
    public string? Nodes { get; init; }

    /// <summary>Slurm's reason, such as <c>JobLaunchFailure</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether one of its steps was ended for memory, though the job itself only failed.</summary>
    public bool HasStepOutOfMemory { get; init; }

    /// <summary>The user id of its owner.</summary>
    public long? Owner { get; init; }
}
