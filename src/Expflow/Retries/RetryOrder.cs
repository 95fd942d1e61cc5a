using System.Collections.ObjectModel;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Retries;

/// <summary>From a run's history to the question that <see cref="RetryDecision"/> answers, and from its answer to the journal.</summary>
public static class RetryOrder
{
    /// <summary>The last attempt of a run, as a policy judges it; null when it did not end as failed.</summary>
    /// <param name="history">The run's history.</param>
    /// <param name="asked">What it asked for.</param>
    /// <param name="hasSaved">True when it has left a checkpoint.</param>
    public static FailedAttempt? LastOf(RunHistory history, RetryResources asked, bool hasSaved)
    {
        if (history.Ended is not { Outcome: AttemptOutcome.Failed, Cause: { } cause } ended)
            return null;
        return new()
        {
            Cause = cause,
            Reason = ended.Reason ?? cause,
            Asked = asked,
            PeakMemory = ended.PeakMemory,
            Node = history.Started?.Host,
            HasSaved = hasSaved,
            Tries = history.Requeued?.TriesAfter(cause) ?? 0,
        };
    }

    /// <summary>The event that has the run tried again.</summary>
    public static JournalEvent.Requeued Of(
        RunId run,
        RunHistory history,
        string cause,
        RetryAnswer.Again again,
        DateTimeOffset at
    )
    {
        var tries = new Dictionary<string, int>(history.Requeued?.TriesByCause ?? new Dictionary<string, int>())
        {
            [cause] = again.Tries,
        };
        return new()
        {
            At = at,
            Run = run,
            Turn = history.Turn + 1,
            After = history.Attempt,
            Tries = (history.Requeued?.Tries ?? 0) + 1,
            TriesByCause = tries,
            Cause = cause,
            Memory = again.Resources.Memory,
            Cpus = again.Resources.Cpus,
            Walltime = again.Resources.Walltime?.TotalSeconds,
            Exclude = again.Resources.Exclude,
            Reason = again.Words,
        };
    }

    /// <summary>The event that has a run sent out anew for no fault of its own: what has been changed of what it asks for stays, and no try is counted.</summary>
    /// <remarks>A new turn: whatever task of the run still stands in a queue no longer carries out what is wanted.</remarks>
    public static JournalEvent.Requeued Anew(RunId run, RunHistory history, string reason, DateTimeOffset at)
    {
        var order = history.Requeued;
        return new()
        {
            At = at,
            Run = run,
            Turn = history.Turn + 1,
            After = history.Attempt,
            Reason = reason,
            Memory = order?.Memory,
            Cpus = order?.Cpus,
            Walltime = order?.Walltime,
            Exclude = order?.Exclude ?? [],
            Tries = order?.Tries ?? 0,
            Cause = order?.Cause,
            TriesByCause = order?.TriesByCause ?? ReadOnlyDictionary<string, int>.Empty,
        };
    }

    /// <summary>What a run asks for now: its stage's resources, or what earlier tries have made of them.</summary>
    public static RetryResources AskedBy(Stage stage, JournalEvent.Requeued? requeued) =>
        new()
        {
            Memory = requeued?.Memory ?? stage.Resources.Memory?.Bytes,
            Walltime = requeued?.Walltime is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : stage.Resources.Walltime?.Duration,
            Cpus = requeued?.Cpus ?? stage.Resources.Cpus,
            Exclude = requeued?.Exclude ?? [],
        };
}
