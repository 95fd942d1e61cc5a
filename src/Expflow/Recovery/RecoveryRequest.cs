using Expflow.Experiments;
using Expflow.Retries;
using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>What is to be recovered, and within what.</summary>
public sealed record RecoveryRequest
{
    /// <summary>How many first runs of a stage must die alike for the rest to be held.</summary>
    public const int DefaultAlike = 3;

    /// <summary>All runs of the experiment that it still asks for, what others need before those.</summary>
    public required IReadOnlyList<RecoveryRun> Runs { get; init; }

    /// <summary>The stage of a run as its submission has it, and the limits of where it runs; null when the submission can't be read any more.</summary>
    public required Func<TrackedRun, RecoveryStage?> StageOf { get; init; }

    /// <summary>Also what the site cancelled, and what is held.</summary>
    public bool All { get; init; }

    /// <summary>Stages that recovery has held before: what is held of them may go once nothing speaks against it any more.</summary>
    public IReadOnlySet<string> HeldStages { get; init; } = new HashSet<string>();

    /// <summary>How many first runs of a stage must die alike for the rest to be held: 2 or more.</summary>
    public int Alike { get; init; } = DefaultAlike;

    /// <summary>Only who dies within this time of its start counts for that.</summary>
    public TimeSpan AlikeWithin { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>A stage, and the most that its runs can be given.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Limits">The limits of its partition.</param>
public sealed record RecoveryStage(Stage Stage, RetryLimits Limits)
{
    /// <summary>What its file says, and what is usual for what it doesn't speak of.</summary>
    public RetryPolicy Policy { get; } = Stage.Retry.Or(RetryPolicy.Recovering);
}
