namespace Expflow.Slurm;

/// <summary>What came of asking Slurm something.</summary>
/// <typeparam name="T">What an answer holds.</typeparam>
public abstract record SlurmAnswer<T>
{
    private SlurmAnswer() { }

    /// <summary>Slurm did it, or said it.</summary>
    /// <param name="Value">The answer.</param>
    public sealed record Answered(T Value) : SlurmAnswer<T>;

    /// <summary>Slurm said no. Nothing was done, and asking again alike won't help.</summary>
    /// <param name="Words">Slurm's own words, without the program's name before them.</param>
    /// <param name="Kind">What is behind them.</param>
    public sealed record Refused(string Words, RefusalKind Kind) : SlurmAnswer<T>;

    /// <summary>No answer: whether Slurm did it isn't known.</summary>
    /// <param name="After">How long was waited in all.</param>
    /// <param name="Words">What was said meanwhile; may be empty.</param>
    public sealed record Unanswered(TimeSpan After, string Words) : SlurmAnswer<T>;

    /// <summary>The program isn't on the search path, so there is no Slurm here.</summary>
    /// <param name="Program">Its name.</param>
    public sealed record Missing(string Program) : SlurmAnswer<T>;

    /// <summary>The same with another value; a refusal and the like as they are.</summary>
    public SlurmAnswer<TOther> Map<TOther>(Func<T, TOther> map) =>
        Then(value => new SlurmAnswer<TOther>.Answered(map(value)));

    /// <summary>What follows from the value; a refusal and the like as they are.</summary>
    public SlurmAnswer<TOther> Then<TOther>(Func<T, SlurmAnswer<TOther>> next) =>
        this switch
        {
            Answered answered => next(answered.Value),
            Refused refused => new SlurmAnswer<TOther>.Refused(refused.Words, refused.Kind),
            Unanswered unanswered => new SlurmAnswer<TOther>.Unanswered(unanswered.After, unanswered.Words),
            Missing missing => new SlurmAnswer<TOther>.Missing(missing.Program),
            _ => throw new InvalidOperationException("There is no other answer."),
        };
}
