namespace Expflow.Retries;

/// <summary>What becomes of a failed attempt. Exactly one of the nested cases.</summary>
public abstract record RetryAnswer
{
    private RetryAnswer() { }

    /// <summary>It is tried again.</summary>
    /// <param name="Resources">What the next attempt asks for: never less than the last one.</param>
    /// <param name="Tries">Tries after this cause, this one included.</param>
    /// <param name="Words">Why and how, as a screen says it.</param>
    public sealed record Again(RetryResources Resources, int Tries, string Words) : RetryAnswer;

    /// <summary>It stays failed.</summary>
    /// <param name="Why">Why, and what could be done, as a screen says it.</param>
    public sealed record Left(string Why) : RetryAnswer;
}
