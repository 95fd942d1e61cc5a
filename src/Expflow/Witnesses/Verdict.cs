using Expflow.Journal;

namespace Expflow.Witnesses;

/// <summary>What is to be made of a run whose task left the queue without a word. Exactly one of the nested cases.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>Its end is known well enough to be written down.</summary>
    /// <param name="Event">What the journal is to say.</param>
    public sealed record Known(JournalEvent.AttemptEnded Event) : Verdict;

    /// <summary>Nothing is to be written: the attempt has said itself that it is to go on, and its job is over, so it has still to be sent out again.</summary>
    public sealed record SendAgain : Verdict;

    /// <summary>Not known, which is neither done nor failed.</summary>
    /// <param name="Why">A sentence's fragment.</param>
    public sealed record Unknown(string Why) : Verdict;
}
