namespace Expflow.Slurm;

/// <summary>A row of the queue: a job, an array task, or all tasks of an array that wait alike.</summary>
public sealed record QueuedJob
{
    /// <summary>Which job or tasks: <c>12</c>, <c>12_3</c>, <c>12_[4-9%2]</c>.</summary>
    public required JobReference Job { get; init; }

    /// <summary>The id by which Slurm keeps this record: a started task of an array has one of its own.</summary>
    public required SlurmJobId OwnId { get; init; }

    /// <summary>The state.</summary>
    public required JobState State { get; init; }

    /// <summary>Why it waits, or why it failed.</summary>
    public required WaitingReason Reason { get; init; }

    /// <summary>The job's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Whose job it is.</summary>
    public string User { get; init; } = "";

    /// <summary>The partition, or several that it may go to, with commas.</summary>
    public string Partition { get; init; } = "";

    /// <summary>The account, or null.</summary>
    public string? Account { get; init; }

    /// <summary>The QOS, or null.</summary>
    public string? Qos { get; init; }

    /// <summary>The nodes that it has (<c>cpu[01-02]</c>), or null.</summary>
    public string? Nodes { get; init; }

    /// <summary>When it started; for a waiting one when Slurm expects it to; null: not known.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it was submitted (again, after a requeue).</summary>
    public DateTimeOffset? Submitted { get; init; }

    /// <summary>When it ended, or will have to end; null: not known.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How long it may run; null: no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How long it has run.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>What it still waits for, or null.</summary>
    public JobDependency? Dependency { get; init; }

    /// <summary>How often it was put back into the queue; null where this wasn't asked for.</summary>
    public int? Restarts { get; init; }
}
