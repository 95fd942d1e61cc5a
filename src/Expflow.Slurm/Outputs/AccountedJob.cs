namespace Expflow.Slurm;

/// <summary>What the accounting holds of a job, an array task, or the tasks of an array that never started; steps merged into it.</summary>
public sealed record AccountedJob
{
    /// <summary>Which job or tasks: <c>12</c>, <c>12_3</c>, <c>12_[4-9]</c> for those that never started.</summary>
    public required JobReference Job { get; init; }

    /// <summary>The id by which Slurm keeps this record.</summary>
    public required SlurmJobId OwnId { get; init; }

    /// <summary>The state. The accounting may lag: PENDING with steps that ran.</summary>
    public required JobState State { get; init; }

    /// <summary>The job's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The comment, where the site stores it (<c>AccountingStoreFlags=job_comment</c>); else null.</summary>
    public string? Comment { get; init; }

    /// <summary>Whose job it was.</summary>
    public string User { get; init; } = "";

    /// <summary>The account, or null.</summary>
    public string? Account { get; init; }

    /// <summary>The partition.</summary>
    public string Partition { get; init; } = "";

    /// <summary>How the batch script ended; null where the row is half-filled.</summary>
    public SlurmExitCode? ExitCode { get; init; }

    /// <summary>The worst exit code of its steps started with <c>srun</c>.</summary>
    public SlurmExitCode? DerivedExitCode { get; init; }

    /// <summary>Why it waited last, or failed to start.</summary>
    public WaitingReason Reason { get; init; }

    /// <summary>Its nodes (<c>cpu[01-02]</c>); null where it had none.</summary>
    public string? Nodes { get; init; }

    /// <summary>How long it ran.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>How long it might have run, whole minutes; null: no limit of its own.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>When it was submitted (again, after a requeue).</summary>
    public DateTimeOffset? Submitted { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>The largest memory of one process tree that was seen in any step (<c>MaxRSS</c>); null where none was sampled.</summary>
    public MemorySize? PeakMemory { get; init; }

    /// <summary>The memory that was asked for.</summary>
    public RequestedMemory? RequestedMemory { get; init; }

    /// <summary>What it was given, as it came: <c>billing=1,cpu=1,gres/gpu=2,mem=512M,node=1</c>; null where it never started.</summary>
    public string? AllocatedTres { get; init; }

    /// <summary>How often it was put back into the queue; null on versions that don't say.</summary>
    public int? Restarts { get; init; }

    /// <summary>Its steps: <c>batch</c>, <c>extern</c>, <c>0</c>, …</summary>
    public IReadOnlyList<AccountedStep> Steps { get; init; } = [];

    /// <summary>Whether Slurm saw the memory run out, in the job or in any step.</summary>
    public bool RanOutOfMemory =>
        State.Kind == JobStateKind.OutOfMemory || Steps.Any(step => step.State.Kind == JobStateKind.OutOfMemory);
}

/// <summary>A step of an <see cref="AccountedJob"/>.</summary>
/// <param name="Name">Its number, <c>batch</c>, <c>extern</c> or <c>interactive</c>.</param>
/// <param name="State">Its state.</param>
/// <param name="ExitCode">How it ended; null where the row is half-filled.</param>
/// <param name="PeakMemory">Its <c>MaxRSS</c>; null where none was sampled.</param>
public sealed record AccountedStep(string Name, JobState State, SlurmExitCode? ExitCode, MemorySize? PeakMemory);
