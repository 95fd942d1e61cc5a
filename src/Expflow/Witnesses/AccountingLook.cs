using Expflow.Runs;

namespace Expflow.Witnesses;

/// <summary>What the accounting said of tasks that left the queue without an end.</summary>
/// <param name="Ends">What it knows, by run.</param>
/// <param name="Trouble">Why it said nothing, in words; null when it answered.</param>
/// <param name="IsOff">True when this cluster keeps no accounts at all, so that waiting won't help.</param>
public sealed record AccountingLook(
    IReadOnlyDictionary<RunId, AccountedEnd> Ends,
    string? Trouble = null,
    bool IsOff = false
)
{
    /// <summary>It wasn't asked, since it was asked a short while ago.</summary>
    public static AccountingLook NotAsked(string? before) =>
        new(new Dictionary<RunId, AccountedEnd>(), before ?? "the accounting was asked a short while ago");
}
