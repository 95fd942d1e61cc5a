using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>The fold of a journal in memory: run → history.</summary>
public sealed class RunLedger
{
    private readonly Dictionary<RunId, RunHistory> histories = [];

    /// <summary>Every run of which something was heard.</summary>
    public IReadOnlyDictionary<RunId, RunHistory> Histories => histories;

    /// <summary>What is known of a run; empty when nothing is.</summary>
    public RunHistory this[RunId run] => histories.GetValueOrDefault(run) ?? RunHistory.Empty;

    /// <summary>Forgets a run.</summary>
    public void Remove(RunId run) => histories.Remove(run);

    /// <summary>Takes events in, in any order.</summary>
    public void Add(IEnumerable<JournalEvent> events)
    {
        foreach (var happened in events)
            if (RunOf(happened) is { } run)
                histories[run] = this[run].With(happened);
    }

    /// <summary>The run that an event speaks of and that its history is folded from; null for the others.</summary>
    public static RunId? RunOf(JournalEvent happened) =>
        happened switch
        {
            JournalEvent.AttemptStarted started => started.Run,
            JournalEvent.AttemptEnded ended => ended.Run,
            JournalEvent.Requeued requeued => requeued.Run,
            JournalEvent.Cancelled cancelled => cancelled.Run,
            _ => null,
        };
}
