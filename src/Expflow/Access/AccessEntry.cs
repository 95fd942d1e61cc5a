namespace Expflow.Access;

/// <summary>A question and what came of it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Verdict">What came of it.</param>
public sealed record AccessEntry(AccessQuestion Question, AccessVerdict Verdict)
{
    /// <summary>Whether such a job is taken.</summary>
    public bool IsAllowed => Verdict is AccessVerdict.Allowed;

    /// <summary>When it would start; null where it isn't taken, and where nobody knows.</summary>
    public DateTimeOffset? Start => (Verdict as AccessVerdict.Allowed)?.Start;
}
