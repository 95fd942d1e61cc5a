namespace Expflow.Queues;

/// <summary>What came of looking for a batch.</summary>
public abstract record ClaimOutcome
{
    private ClaimOutcome() { }

    /// <summary>It is this agent's now.</summary>
    public sealed record Claimed(Batch Batch) : ClaimOutcome;

    /// <summary>Nothing that would do stood in the queue when it was last listed, and no race was lost since.</summary>
    /// <param name="Waiting">How many batches stood in it that would not do.</param>
    public sealed record Nothing(int Waiting) : ClaimOutcome;

    /// <summary>The agent's own folder is gone: it was taken for dead.</summary>
    public sealed record Superseded : ClaimOutcome;
}
