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
