using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Verification;

/// <summary>Holds what was found against what should exist: completeness is never measured by counting states.</summary>
/// <param name="standings">Says how found runs stand, all of an experiment at once.</param>
/// <param name="isOlder">Whether a run that is done ran code that has moved on since.</param>
/// <param name="missingOutputs">The declared outputs of a run that is done which are not there any more.</param>
public sealed class Verifier(
    Func<IReadOnlyList<TrackedRun>, IReadOnlyList<RunStanding>> standings,
    Func<TrackedRun, bool> isOlder,
    Func<TrackedRun, IReadOnlyList<string>> missingOutputs
)
{
    private const string CheckFailed = "check_failed";

    /// <summary>Verifies an experiment.</summary>
    /// <param name="expected">What should exist.</param>
    /// <param name="found">Every run of the experiment that was ever submitted.</param>
    public VerificationReport Verify(IReadOnlyList<ManifestRun> expected, IReadOnlyList<TrackedRun> found)
    {
        var standing = standings(found).ToDictionary(one => one.Run.Run.Id);
        var wanted = expected.Select(run => run.Id).ToHashSet();
        return new(
            [.. expected.Select(run => Judge(run, standing))],
            [.. found.Where(run => !wanted.Contains(run.Run.Id))]
        );
    }

    private VerifiedRun Judge(ManifestRun run, Dictionary<RunId, RunStanding> found)
    {
        if (!found.TryGetValue(run.Id, out var standing))
            return new(run, null, "never submitted", HoleKind.NeverSubmitted, "never submitted");
        var (hole, reason) = standing.Run.History.State switch
        {
            RunState.Done done => JudgeDone(done.Attempt, standing),
            RunState.Failed failed => (
                failed.Attempt.Cause == CheckFailed ? HoleKind.CheckFailed : HoleKind.Failed,
                standing.Reason
            ),
            RunState.Running => (HoleKind.Running, standing.Reason ?? "runs now"),
            RunState.Cancelled => (HoleKind.Cancelled, standing.Reason),
            _ => (HoleKind.Pending, standing.Reason ?? "waits for its turn"),
        };
        return new(run, standing.Run, standing.State, hole, reason);
    }

    private (HoleKind?, string?) JudgeDone(JournalEvent.AttemptEnded ended, RunStanding standing)
    {
        if (ended.Flags.Count > 0)
            return (KindOf(ended.Flags), standing.Reason);
        if (missingOutputs(standing.Run) is { Count: > 0 } missing)
            return (
                HoleKind.OutputsGone,
                $"was done, but its output{(missing.Count == 1 ? "" : "s")} {string.Join(", ", missing.Select(name => $"'{name}'"))} {(missing.Count == 1 ? "is" : "are")} gone since"
            );
        return isOlder(standing.Run) ? (HoleKind.OlderCode, "done with older code") : (null, null);
    }

    // A run can have several flags; a metric that never came explains the others.
    private static HoleKind KindOf(IReadOnlyList<RunFlag> flags) =>
        flags.Any(flag => flag.Kind == "metric_missing") ? HoleKind.MetricMissing
        : flags.Any(flag => flag.Kind == CheckFailed) ? HoleKind.CheckFailed
        : HoleKind.NotFinite;
}
