using System.Text.RegularExpressions;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>Finds the stages whose first runs all died of the same within seconds: a mistake in the file or the code, not in the runs.</summary>
/// <param name="request">What is looked at.</param>
/// <param name="answers">What the policy says of each run that failed.</param>
internal sealed partial class AlikeDeaths(
    RecoveryRequest request,
    IReadOnlyDictionary<RunId, (FailedAttempt Failed, RetryAnswer Answer)> answers
)
{
    public IReadOnlyList<StageHold> Find() =>
        request.All
            ? []
            :
            [
                .. request
                    .Runs.GroupBy(run => (run.Run.Submission, run.Run.Run.Stage))
                    .Select(stage => Find(stage.Key.Submission, stage.Key.Stage, [.. stage]))
                    .OfType<StageHold>(),
            ];

    private StageHold? Find(SubmissionId submission, string stage, IReadOnlyList<RecoveryRun> runs)
    {
        // One that came through shows that the stage as such can work.
        if (runs.Any(run => run.Run.History.State is RunState.Done))
            return null;
        var alike = runs.Where(DiedSoon).GroupBy(Likeness).MaxBy(group => group.Count());
        if (alike is null || alike.Count() < request.Alike || IsOfOneNode(alike))
            return null;
        RecoveryRun[] dead = [.. alike];
        RecoveryRun[] rest = [.. runs.Where(run => run.Run.History.State is RunState.Pending)];
        if (rest.Length == 0 && dead.All(run => answers[run.Run.Run.Id].Answer is RetryAnswer.Left))
            return null;
        return new(submission, stage, answers[dead[0].Run.Run.Id].Failed.Reason, dead, rest);
    }

    private bool DiedSoon(RecoveryRun run) =>
        answers.TryGetValue(run.Run.Run.Id, out var death)
        && IsItsOwnDoing(death.Failed.Cause)
        && !GetsMore(death.Failed, death.Answer)
        && (
            run.Run.History.Ended?.Elapsed
            ?? (death.Failed.Cause is "never_started" or "not_started" ? 0 : double.MaxValue)
        ) <= request.AlikeWithin.TotalSeconds;

    private (string, string) Likeness(RecoveryRun run)
    {
        var failed = answers[run.Run.Run.Id].Failed;
        return (failed.Cause, Digits().Replace(failed.Reason, "#"));
    }

    // One bad node can kill many runs in a row; the others then run elsewhere.
    private bool IsOfOneNode(IEnumerable<RecoveryRun> alike)
    {
        var elsewhere = alike.All(run =>
            answers[run.Run.Run.Id] is (var failed, RetryAnswer.Again again)
            && again.Resources.Exclude.Count > failed.Asked.Exclude.Count
        );
        return elsewhere && alike.Select(run => answers[run.Run.Run.Id].Failed.Node).Distinct().Count() == 1;
    }

    private static bool GetsMore(FailedAttempt failed, RetryAnswer answer) =>
        answer is RetryAnswer.Again { Resources: var next }
        && (next.Memory > (failed.Asked.Memory ?? 0) || next.Walltime > failed.Asked.Walltime);

    private static bool IsItsOwnDoing(string cause) =>
        cause
            is not (
                "preempted"
                or "node_failed"
                or "lost"
                or "again"
                or "cancelled"
                or "cancelled_by_admin"
                or "dependency"
                or "unknown"
            );

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
