namespace Expflow.Access;

/// <summary>Which of a user's accounts may use which partition, for a job of one size.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Entries">All questions with their verdicts: of each partition, each account's.</param>
/// <param name="Calls">How many calls of <c>sbatch --test-only</c> it took.</param>
/// <param name="Shortfall">What could not be learnt of the user's accounts, in words; null when all was.</param>
public sealed record AccessMap(
    DateTimeOffset At,
    IReadOnlyList<AccessEntry> Entries,
    int Calls,
    string? Shortfall = null
)
{
    /// <summary>How many questions the budget left out.</summary>
    public int LeftOut => Entries.Count(entry => entry.Verdict is AccessVerdict.LeftOut);
}
