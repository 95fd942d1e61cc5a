using Expflow.Journal;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Witnesses;

/// <summary>Holds the three witnesses against each other: what the agents said, what the queue has, what the accounting says.</summary>
/// <remarks>
/// What an agent has written holds. The queue says what is alive. The accounting is heard only of tasks that left the queue without an end.
/// What is found nowhere is unknown, until there is nobody left who could still say something.
/// </remarks>
public static class Reconciliation
{
    /// <summary>How long the journal may lag behind on a shared disk, once the end of a task is known.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>How long the accounting may take until it knows a job that the queue has forgotten.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int Resume = 75;
    private const string Stopped = "stopped";

    // Of controller and compute node.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(1);

    /// <summary>Attempts whose job Slurm has put back into the queue: they are over, and the same job makes the next.</summary>
    /// <param name="task">The run, with its attempt that has no end.</param>
    /// <param name="row">What the queue says of its task now.</param>
    /// <param name="now">The time.</param>
    public static JournalEvent.AttemptEnded? Requeued(OpenTask task, QueuedJob row, DateTimeOffset now)
    {
        if (task.Started is not { } started || !(row.State.IsWaiting || HasStartedAgain(row, started)))
            return null;
        return new()
        {
            At = now,
            Run = task.Run,
            Attempt = started.Attempt,
            Token = started.Token,
            Outcome = AttemptOutcome.Again,
            Cause = "requeued",
            Reason = "put back into the queue by Slurm, under the same job id",
        };
    }

    // The agent starts after its job: a job that started after the agent is the next one of the same id.
    private static bool HasStartedAgain(QueuedJob row, JournalEvent.AttemptStarted started) =>
        row.Restarts > started.Restarts || row.Start > started.At + ClocksApart;

    /// <summary>What is to be made of a task that left the queue.</summary>
    /// <param name="run">Its run, which has no end in the journal.</param>
    /// <param name="place">Which task.</param>
    /// <param name="end">What the accounting says of it; null when it knows nothing.</param>
    /// <param name="accounting">How the accounting answered.</param>
    /// <param name="traces">What stands on disk.</param>
    /// <param name="leftSince">Since when it is known not to be in the queue.</param>
    /// <param name="now">The time.</param>
    public static Verdict Judge(
        TrackedRun run,
        TaskPlace place,
        AccountedEnd? end,
        AccountingLook accounting,
        TracesLeft traces,
        DateTimeOffset leftSince,
        DateTimeOffset now
    )
    {
        var askedToGoOn = HasAskedToGoOn(run, place, end);
        if (askedToGoOn && end?.State.Kind != JobStateKind.Cancelled && end is null or { State.IsOver: true })
            // A job that has reached its limit is not started again.
            return (end is null || (traces.MayRequeue && end.State.Kind != JobStateKind.TimedOut))
                && now - leftSince < Grace
                    ? new Verdict.Unknown("is to go on; whether Slurm starts it again is being looked at")
                : WhyStopped(run, end, traces) is { } why
                    ? Known(run, place, (AttemptOutcome.Failed, why), end, traces, now)
                : new Verdict.SendAgain();
        if (end is null)
            return JudgeWithout(run, place, accounting, traces, now - leftSince, now);
        if (!end.State.IsOver)
            return new Verdict.Unknown(
                end.State.Kind == JobStateKind.Unknown
                    ? $"the accounting says '{end.State.Word}', which this version doesn't know"
                    : $"the queue doesn't have it any more, but the accounting still says {end.State.Word}"
            );
        if (end.State.NeverHappened)
            return new Verdict.Unknown("another cluster of the federation took it");
        var silent = now - (end.End is { } at && at > leftSince ? at : leftSince);
        // What the agent saw of the command's own end is better than what Slurm saw of the agent's.
        if (traces.ExitCode is { } code && end.State.Kind is JobStateKind.Completed or JobStateKind.Failed)
            return silent < Grace ? Lagging(end) : Known(run, place, FromExit(code, traces, end), end, traces, now);
        if (end.State.Kind == JobStateKind.Completed || SaysOnlyThatTheAgentFailed(run, place, end))
            return silent < Grace
                ? Lagging(end)
                : Known(run, place, (AttemptOutcome.Failed, new Diagnosis.Lost()), end, traces, now);
        return EndCause.Of(end, traces) is { } cause
            ? Known(run, place, (AttemptOutcome.Failed, cause), end, traces, now)
            : new Verdict.Unknown($"the accounting says {end.State.Word}");
    }

    // The agent saw only that Slurm ended its job; Slurm knows what for.
    private static Diagnosis? WhyStopped(TrackedRun run, AccountedEnd? end, TracesLeft traces) =>
        run.History.Ended?.Cause == Stopped
        && end is { State.Kind: not (JobStateKind.Completed or JobStateKind.Failed) }
            ? EndCause.Of(end, traces)
            : null;

    // Nobody has seen the end. An exit record says it; else it stays unknown as long as somebody may still say something.
    private static Verdict JudgeWithout(
        TrackedRun run,
        TaskPlace place,
        AccountingLook accounting,
        TracesLeft traces,
        TimeSpan silent,
        DateTimeOffset now
    )
    {
        if (traces.ExitCode is { } code && silent >= Grace)
            return Known(run, place, FromExit(code, traces, null), null, traces, now);
        if (accounting is { Trouble: { } trouble, IsOff: false })
            return new Verdict.Unknown($"left the queue; {trouble}");
        if (silent < (accounting.IsOff ? Grace : Patience))
            return new Verdict.Unknown(
                accounting.IsOff
                    ? "left the queue; this cluster keeps no accounts, so its own record is waited for"
                    : "left the queue; the accounting doesn't know it yet"
            );
        var seen = accounting.IsOff
            ? "it left the queue without a record, and this cluster keeps no accounts"
            : "it left the queue without a record, and the accounting has nothing of it";
        var diagnosis = EndCause.Explained(new Diagnosis.Unknown(seen), null, traces);
        return Known(run, place, (AttemptOutcome.Failed, diagnosis), null, traces, now);
    }

    private static Verdict.Unknown Lagging(AccountedEnd end) =>
        new($"the accounting says {end.State.Word}; its own record is waited for");

    // The agent ends with the command's own code and says so first: a code without a word is the agent's own death.
    private static bool SaysOnlyThatTheAgentFailed(TrackedRun run, TaskPlace place, AccountedEnd end) =>
        end is { State.Kind: JobStateKind.Failed, HasStepOutOfMemory: false, Exit: { Signal: 0, Code: > 0 and < 128 } }
        && HasBegun(run, place);

    private static (AttemptOutcome, Diagnosis?) FromExit(int code, TracesLeft traces, AccountedEnd? end) =>
        code switch
        {
            0 when traces.MissingOutputs.Count == 0 => (AttemptOutcome.Done, null),
            0 => (AttemptOutcome.Failed, new Diagnosis.MissingOutputs(traces.MissingOutputs)),
            Resume => (AttemptOutcome.Again, null),
            > 128 => (AttemptOutcome.Failed, EndCause.Explained(new Diagnosis.Signalled(code - 128), end, traces)),
            _ => (AttemptOutcome.Failed, EndCause.Explained(new Diagnosis.BadExit(code), end, traces)),
        };

    private static Verdict.Known Known(
        TrackedRun run,
        TaskPlace place,
        (AttemptOutcome Outcome, Diagnosis? Why) what,
        AccountedEnd? end,
        TracesLeft traces,
        DateTimeOffset now
    )
    {
        // Of two ends of one attempt a failure outranks the wish to go on: whoever cancels a job that saves means it.
        var started = HasBegun(run, place) || HasAskedToGoOn(run, place, end) ? run.History.Started : null;
        return new(
            new()
            {
                At = end?.End ?? now,
                Run = run.Run.Id,
                Attempt = started?.Attempt ?? run.History.Attempt + 1,
                Token = started?.Token ?? $"job-{place.Job}",
                Outcome = what.Outcome,
                Cause = what.Why?.Cause ?? (what.Outcome == AttemptOutcome.Again ? "again" : null),
                Reason =
                    what.Why?.Words
                    ?? (
                        what.Outcome == AttemptOutcome.Again
                            ? "asked to be run again from its checkpoint (exit 75)"
                            : null
                    ),
                ExitCode = traces.ExitCode,
                Elapsed = end?.Elapsed?.TotalSeconds,
                CpuSeconds = end?.Cpu?.TotalSeconds,
                PeakMemory = end?.PeakMemory,
                Metrics = started is null ? null : traces.Metrics ?? run.History.Ended?.Metrics,
            }
        );
    }

    // The attempt has an end that says so, and the job has not been started again since.
    private static bool HasAskedToGoOn(TrackedRun run, TaskPlace place, AccountedEnd? end) =>
        run.History is { Ended: { Outcome: AttemptOutcome.Again } ended, Started: { } started }
        && started.Job?.Split(';')[0] == place.Job
        && !(end?.Start > ended.At);

    /// <summary>Whether the run's latest attempt is one of this task, without an end.</summary>
    public static bool HasBegun(TrackedRun run, TaskPlace place) =>
        run.History is { Ended: null, Started: { } started } && started.Job?.Split(';')[0] == place.Job;
}
