using Expflow.Runs;

namespace Expflow.Recovery;

/// <summary>The rest of a stage is held, since its first runs died alike within seconds: more of them would die the same way.</summary>
/// <param name="Submission">The submission whose runs they are.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Reason">What the first ones died of.</param>
/// <param name="Dead">Those that died alike.</param>
/// <param name="Rest">Those that are not to start.</param>
public sealed record StageHold(
    SubmissionId Submission,
    string Stage,
    string Reason,
    IReadOnlyList<RecoveryRun> Dead,
    IReadOnlyList<RecoveryRun> Rest
)
{
    /// <summary>True when something of it is not held yet; else this was said before.</summary>
    public bool IsNew => Rest.Any(run => run.Place is not (QueuePlace.Held or QueuePlace.Absent));
}
