using Expflow.Journal;

namespace Expflow.Tracking;

/// <summary>What the journal says of one run: the fold of its events.</summary>
/// <remarks>
/// The same events give the same history in any order, since journal files of several writers have no common clock: an attempt
/// is ranked by its number, a change of mind by its turn.
/// </remarks>
public sealed record RunHistory
{
    /// <summary>A run of which nothing has been heard yet.</summary>
    public static RunHistory Empty { get; } = new();

    /// <summary>The latest attempt's start, or null when it was never started.</summary>
    public JournalEvent.AttemptStarted? Started { get; init; }

    /// <summary>The latest attempt's end, or null while it runs.</summary>
    public JournalEvent.AttemptEnded? Ended { get; init; }

    /// <summary>The last order to run it again, or null.</summary>
    public JournalEvent.Requeued? Requeued { get; init; }

    /// <summary>The last order not to run it, or null.</summary>
    public JournalEvent.Cancelled? Cancelled { get; init; }

    /// <summary>The latest attempt's number; 0 before the first.</summary>
    public int Attempt => Math.Max(Started?.Attempt ?? 0, Ended?.Attempt ?? 0);

    /// <summary>The latest change of mind; 0 when there was none.</summary>
    public int Turn => Math.Max(Requeued?.Turn ?? 0, Cancelled?.Turn ?? 0);

    /// <summary>The history with one more event of this run.</summary>
    public RunHistory With(JournalEvent happened) =>
        happened switch
        {
            JournalEvent.AttemptStarted started => With(started),
            JournalEvent.AttemptEnded ended => With(ended),
            // Two who give the same order at once give it the same turn; which of them holds must not hang on who is read first.
            JournalEvent.Requeued requeued when Requeued is null || Rank(requeued).CompareTo(Rank(Requeued)) > 0 =>
                this with
                {
                    Requeued = requeued,
                },
            JournalEvent.Cancelled cancelled when cancelled.Turn > (Cancelled?.Turn ?? 0) => this with
            {
                Cancelled = cancelled,
            },
            _ => this,
        };

    /// <summary>Where the run stands now.</summary>
    public RunState State =>
        (Ended, Started) switch
        {
            // A cancelled run that is still ending shows as running until its agent says that it has ended.
            (null, { } started) => new RunState.Running(started),
            (null, null) => Cancelled?.Turn > (Requeued?.Turn ?? 0) ? new RunState.Cancelled() : new RunState.Pending(),
            ({ Outcome: AttemptOutcome.Again }, _) => Cancelled?.Turn > (Requeued?.Turn ?? 0)
                ? new RunState.Cancelled()
                : new RunState.Pending(),
            ({ } ended, _) => AfterEnd(ended),
        };

    private RunState AfterEnd(JournalEvent.AttemptEnded ended)
    {
        if (Cancelled?.Turn > (Requeued?.Turn ?? 0) && ended.Outcome != AttemptOutcome.Done)
            return new RunState.Cancelled();
        // An order to run again names the attempt that it follows, so a newer end outranks it.
        if (Requeued is { } again && again.After >= ended.Attempt)
            return new RunState.Pending();
        return ended.Outcome == AttemptOutcome.Done ? new RunState.Done(ended) : new RunState.Failed(ended);
    }

    private RunHistory With(JournalEvent.AttemptStarted started)
    {
        if (!Holds(started.Attempt, started.Token))
            return this;
        if (!IsSame(started.Attempt, started.Token))
            return this with { Started = started, Ended = null };
        // The owner says it twice: before the process exists, and when it does.
        return Started?.Process is null ? this with { Started = started } : this;
    }

    private RunHistory With(JournalEvent.AttemptEnded ended)
    {
        if (!Holds(ended.Attempt, ended.Token))
            return this;
        if (!IsSame(ended.Attempt, ended.Token))
            return this with { Started = null, Ended = ended };
        // Two agents can see the same end: the one that died while it wrote, and the one that took over.
        return Ended is null || Rank(ended).CompareTo(Rank(Ended)) < 0 ? this with { Ended = ended } : this;
    }

    // The highest attempt holds; of two owners of one attempt the lesser token, which is the same one whoever reads.
    private bool Holds(int attempt, string token) =>
        attempt > Attempt || (attempt == Attempt && string.CompareOrdinal(token, Token) <= 0);

    private bool IsSame(int attempt, string token) => attempt == Attempt && token == Token;

    private string? Token => Started?.Token ?? Ended?.Token;

    private static (int, int, DateTimeOffset) Rank(JournalEvent.Requeued order) => (order.Turn, order.After, order.At);

    private static (AttemptOutcome, DateTimeOffset) Rank(JournalEvent.AttemptEnded ended) => (ended.Outcome, ended.At);
}
