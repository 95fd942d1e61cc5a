using Expflow.Journal;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>Makes a <see cref="RecoveryPlan"/>. One request's own.</summary>
internal sealed class RecoveryPlanner
{
    private readonly RecoveryRequest request;
    private readonly Dictionary<RunId, RecoveryRun> runs;
    private readonly Dictionary<RunId, (FailedAttempt Failed, RetryAnswer Answer)> answers = [];
    private readonly Dictionary<RunId, RecoveryDecision?> decided = [];
    private readonly Dictionary<RunId, StageHold> held = [];
    private readonly IReadOnlyList<StageHold> holds;

    public RecoveryPlanner(RecoveryRequest request)
    {
        this.request = request;
        runs = request.Runs.ToDictionary(run => run.Run.Run.Id);
        foreach (var run in request.Runs)
            if (LastOf(run) is { } failed)
                answers.Add(run.Run.Run.Id, (failed, AnswerTo(run, failed)));
        holds = new AlikeDeaths(request, answers).Find();
        foreach (var hold in holds)
        foreach (var run in hold.Dead.Concat(hold.Rest))
            held[run.Run.Run.Id] = hold;
    }

    public RecoveryPlan Plan()
    {
        var decisions = request.Runs.Select(Decide).OfType<RecoveryDecision>().ToList();
        return new(decisions, RetryGroups.Of(decisions, request.StageOf), holds);
    }

    // Runs come before what needs them in a manifest, but runs of several manifests stand in any order.
    private RecoveryDecision? Decide(RecoveryRun run)
    {
        var id = run.Run.Run.Id;
        if (!decided.TryGetValue(id, out var decision))
            decided[id] = decision = Made(run);
        return decision;
    }

    private RecoveryDecision? Made(RecoveryRun run)
    {
        var id = run.Run.Run.Id;
        if (run.Run.History.State is RunState.Cancelled)
            return new RecoveryDecision.Leave(null, "cancelled on request") { Run = run };
        if (held.TryGetValue(id, out var hold))
            return new RecoveryDecision.Hold(HoldWords(hold)) { Run = run };
        if (answers.TryGetValue(id, out var answer))
            return answer.Answer switch
            {
                RetryAnswer.Again again => new RecoveryDecision.Again(answer.Failed.Cause, again) { Run = run },
                RetryAnswer.Left left => new RecoveryDecision.Leave(answer.Failed.Reason, left.Why) { Run = run },
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        return run.Run.History.State is RunState.Pending && run.Place != QueuePlace.Running ? Pending(run) : null;
    }

    private RecoveryDecision? Pending(RecoveryRun run)
    {
        TrackedRun? goesOut = null;
        foreach (var need in run.Run.Run.Needs)
        {
            if (!runs.TryGetValue(need, out var upstream))
                continue;
            switch (Decide(upstream))
            {
                case null:
                    break;
                case { GoesOut: true } decision:
                    goesOut ??= decision.Run.Run;
                    break;
                case RecoveryDecision.Blocked further:
                    return further with { Run = run };
                case RecoveryDecision.Leave { Reason: { } reason }:
                    return new RecoveryDecision.Blocked(upstream.Run, reason) { Run = run };
                case { } decision:
                    return new RecoveryDecision.Blocked(upstream.Run, decision.Words) { Run = run };
            }
        }
        if (goesOut is not null)
            return new RecoveryDecision.Follow(goesOut) { Run = run };
        return run.Place switch
        {
            QueuePlace.Waiting => null,
            QueuePlace.Held => request.All || request.HeldStages.Contains(run.Run.Run.Stage)
                ? new RecoveryDecision.Release { Run = run }
                : null,
            _ => new RecoveryDecision.Send { Run = run },
        };
    }

    private FailedAttempt? LastOf(RecoveryRun run)
    {
        if (request.StageOf(run.Run) is not { } stage)
            return null;
        var history = run.Run.History;
        var asked = RetryOrder.AskedBy(stage.Stage, history.Requeued);
        if (history.State is RunState.Failed)
            return RetryOrder.LastOf(history, asked, run.HasSaved);
        // It asked to go on, or died with its agent, and nobody is there to see to it.
        return
            run.Place == QueuePlace.Absent
            && history is { State: RunState.Pending, Ended: { Outcome: AttemptOutcome.Again, Cause: { } cause } ended }
            && (history.Requeued?.After ?? 0) < ended.Attempt
            ? RetryOrder.LastOf(
                history with
                {
                    Ended = ended with { Outcome = AttemptOutcome.Failed, Cause = cause },
                },
                asked,
                run.HasSaved
            )
            : null;
    }

    private RetryAnswer AnswerTo(RecoveryRun run, FailedAttempt failed)
    {
        if (failed.Cause == "again")
            return GoOn(run, failed);
        if (request.All && failed.Cause is "cancelled_by_admin" or "unknown")
            return new RetryAnswer.Again(failed.Asked, failed.Tries + 1, $"asked for, after: {failed.Reason}");
        var stage = request.StageOf(run.Run)!;
        return RetryDecision.For(failed, stage.Policy, stage.Limits);
    }

    private static RetryAnswer GoOn(RecoveryRun run, FailedAttempt failed)
    {
        const int MostInVain = 3;
        if (!run.HasSaved && failed.Tries >= MostInVain)
            return new RetryAnswer.Left($"it asked {failed.Tries} times to be run again without a new checkpoint");
        return new RetryAnswer.Again(failed.Asked, run.HasSaved ? 0 : failed.Tries + 1, failed.Reason);
    }

    private static string HoldWords(StageHold hold) =>
        $"held: {hold.Dead.Count} runs of {hold.Stage} died alike within seconds ({hold.Reason}). 'expflow recover --all' lets them go "
        + "on as they are; once it is put right, cancel and retry them";
}
