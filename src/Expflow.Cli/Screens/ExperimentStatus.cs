using Expflow.Cli.Commands;
using Expflow.Tracking;

namespace Expflow.Cli.Screens;

/// <summary>All that the status screen of one experiment says.</summary>
internal sealed record ExperimentStatus
{
    public required string Experiment { get; init; }

    /// <summary>A row a stage, upstream stages first.</summary>
    public required IReadOnlyList<StageStatus> Stages { get; init; }

    /// <summary>Runs of which there is something to say.</summary>
    public required IReadOnlyList<RunStanding> Trouble { get; init; }

    /// <summary>Runs that never got done and that the experiment no longer asks for.</summary>
    public int LeftBehind { get; init; }

    /// <summary>Runs that are done with code that has moved on since.</summary>
    public int Older { get; init; }

    /// <summary>What Slurm says of what hasn't ended; null when nothing is there.</summary>
    public SlurmStatus? Slurm { get; init; }

    /// <summary>The pools that have, or are to carry out, what hasn't ended.</summary>
    public IReadOnlyList<PoolPicture> Pools { get; init; } = [];

    public string? Description { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Notes on the experiment, oldest first.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public int Runs => Stages.Sum(stage => stage.Runs);

    public int Holes => Stages.Sum(stage => stage.Holes);

    /// <summary>True when something waits or runs.</summary>
    public bool IsUnderway => Stages.Any(stage => stage.Running + stage.Pending > 0);
}

/// <summary>How many runs of a stage stand where, and the wall time of their latest attempts.</summary>
internal sealed record StageStatus(
    string Stage,
    int Runs,
    int Done,
    int Running,
    int Pending,
    int Failed,
    int Holes,
    TimeSpan Elapsed
)
{
    /// <summary>How many of the pending runs Slurm has in its queue, held by nothing but their turn; null when Slurm has nothing to do with it.</summary>
    public int? Queued { get; init; }

    /// <summary>The other pending ones: they wait for runs that they need, or have still to be submitted.</summary>
    public int? Waiting => Pending - Queued;
}
