using Expflow.Journal;
using Expflow.Retries;
using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>What recovery does about an experiment: decided from what is known, carried out by others.</summary>
/// <param name="Decisions">One for each run that isn't getting on by itself, in the order of the request.</param>
/// <param name="Groups">What goes out anew, what others wait for before those.</param>
/// <param name="Holds">The stages whose rest is held.</param>
public sealed record RecoveryPlan(
    IReadOnlyList<RecoveryDecision> Decisions,
    IReadOnlyList<RetryGroup> Groups,
    IReadOnlyList<StageHold> Holds
)
{
    /// <summary>True when there is nothing to do; some runs may still be left as they are.</summary>
    public bool IsIdle =>
        Groups.Count == 0 && Holds.All(hold => !hold.IsNew) && !Decisions.Any(one => one is RecoveryDecision.Release);

    /// <summary>True when something stays undone that nobody cancelled on request.</summary>
    public bool LeavesSomething =>
        Decisions.Any(one =>
            one is RecoveryDecision.Hold or RecoveryDecision.Blocked or RecoveryDecision.Leave { Reason: not null }
        );

    /// <summary>Runs that stand in the queue with a dependency that died: those tasks must go before the runs go out anew.</summary>
    public IEnumerable<TrackedRun> ToCancel =>
        Decisions
            .Where(one => one.GoesOut && one.Run.Place is QueuePlace.Waiting or QueuePlace.Held or QueuePlace.Stuck)
            .Select(one => one.Run.Run);

    /// <summary>Decides.</summary>
    public static RecoveryPlan For(RecoveryRequest request) => new RecoveryPlanner(request).Plan();

    /// <summary>Only what has still to be sent out: nothing is tried again, and nothing held.</summary>
    public RecoveryPlan OnlySent() =>
        new(
            [.. Decisions.Where(one => one is RecoveryDecision.Send)],
            [.. Groups.Where(group => group.Runs.All(one => one is RecoveryDecision.Send))],
            []
        );

    /// <summary>What the journal says of it.</summary>
    public IEnumerable<JournalEvent> Events(DateTimeOffset at)
    {
        foreach (var group in Groups)
        foreach (var decision in group.Runs)
            if (decision is RecoveryDecision.Again again)
                yield return RetryOrder.Of(
                    again.Run.Run.Run.Id,
                    again.Run.Run.History,
                    again.Cause,
                    again.Answer with
                    {
                        Resources = group.Resources,
                    },
                    at
                );
            else if (decision.Run.Run.Array is not null)
                yield return RetryOrder.Anew(decision.Run.Run.Run.Id, decision.Run.Run.History, decision.Words, at);
        foreach (var hold in Holds.Where(hold => hold.IsNew))
            yield return new JournalEvent.Held
            {
                At = at,
                Experiment = hold.Dead[0].Run.Experiment,
                Stage = hold.Stage,
                Reason = hold.Reason,
            };
    }
}
