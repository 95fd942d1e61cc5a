using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Parameters;
using Expflow.Runs;

namespace Expflow.Advice;

/// <summary>One attempt that has ended: what it had asked for, what it took, and where it ran. Null: nobody measured it.</summary>
public sealed record AttemptUse
{
    // What a program exits with that has saved and asks to be run again.
    private const int Resume = 75;

    /// <summary>The run.</summary>
    public required RunId Run { get; init; }

    /// <summary>Its stage.</summary>
    public required string Stage { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Attempt { get; init; }

    /// <summary>The submission that it was made for.</summary>
    public required SubmissionId Submission { get; init; }

    /// <summary>The run's parameters.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>What it had asked for: its stage's resources, or what recovery had made of them.</summary>
    public required Resources Asked { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The cause, when it did not end well.</summary>
    public string? Cause { get; init; }

    /// <summary>The command's exit code, when it ended by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Wall time in seconds.</summary>
    public double? Elapsed { get; init; }

    /// <summary>User and system time in seconds.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>The most memory held, in bytes.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>The most memory that its GPUs held together, in bytes.</summary>
    public long? GpuMemory { get; init; }

    /// <summary>How busy its GPUs were, in percent.</summary>
    public double? GpuUse { get; init; }

    /// <summary>Where it ran.</summary>
    public MachineNote Machine { get; init; } = MachineNote.None;

    /// <summary>True when it ended well.</summary>
    public bool IsDone => Outcome == AttemptOutcome.Done;

    /// <summary>True when it saved and the run went on in the next attempt, so that nothing was lost.</summary>
    public bool GoesOn => Outcome == AttemptOutcome.Again && ExitCode == Resume;

    /// <summary>CPU cores asked for; one where the file doesn't say, as both executors give.</summary>
    public int Cores => Asked.Cpus ?? 1;

    /// <summary>GPUs on all its nodes.</summary>
    public int Gpus => (Asked.Gpus?.Count ?? 0) * (Asked.Nodes ?? 1);

    /// <summary>How many cores were busy on average.</summary>
    public double? CoresUsed => Elapsed is > 0 and var time && CpuSeconds is { } cpu ? cpu / time : null;
}
