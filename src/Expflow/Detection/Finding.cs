using Expflow.Slurm;

namespace Expflow.Detection;

/// <summary>What came of looking for something.</summary>
/// <typeparam name="T">What it is.</typeparam>
public abstract record Finding<T>
{
    private Finding() { }

    /// <summary>It is here.</summary>
    /// <param name="Value">It.</param>
    public sealed record Known(T Value) : Finding<T>;

    /// <summary>It is not here.</summary>
    /// <param name="What">What was looked for in vain, in words.</param>
    public sealed record Absent(string What) : Finding<T>;

    /// <summary>Whether it is here could not be learnt.</summary>
    /// <param name="Why">Why, in words.</param>
    public sealed record Unlearned(string Why) : Finding<T>;

    /// <summary>It, or nothing.</summary>
    public T? OrNull => this is Known known ? known.Value : default;

    /// <summary>Why it could not be learnt; null when it was, or isn't here.</summary>
    public string? Trouble => (this as Unlearned)?.Why;
}

/// <summary>Answers of Slurm as findings.</summary>
internal static class Findings
{
    public static Finding<T> Of<T>(SlurmAnswer<T> answer) =>
        answer switch
        {
            SlurmAnswer<T>.Answered answered => new Finding<T>.Known(answered.Value),
            SlurmAnswer<T>.Missing missing => new Finding<T>.Absent($"'{missing.Program}' was not found"),
            SlurmAnswer<T>.Refused { Kind: RefusalKind.AccountingDisabled } => new Finding<T>.Absent(
                "this cluster keeps no accounts of jobs"
            ),
            SlurmAnswer<T>.Refused { Kind: RefusalKind.NotConfigured } refused => new Finding<T>.Absent(
                $"Slurm's programs are installed and belong to no cluster: {refused.Words.TrimEnd('.')}"
            ),
            SlurmAnswer<T>.Refused refused => new Finding<T>.Unlearned($"refused: {refused.Words.TrimEnd('.')}"),
            SlurmAnswer<T>.Unanswered { Words.Length: > 0 } silent => new Finding<T>.Unlearned(
                $"no answer: {silent.Words.TrimEnd('.')}"
            ),
            SlurmAnswer<T>.Unanswered silent => new Finding<T>.Unlearned(Probe.NoAnswerIn(silent.After)),
            _ => throw new InvalidOperationException("There is no other answer."),
        };
}
