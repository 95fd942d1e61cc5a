using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>What came of sending arrays out. Either all of them are Slurm's, or none is.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>Slurm has all of them.</summary>
    /// <param name="Arrays">Each with its job.</param>
    /// <param name="Held">Why they could not be released yet, in words; null when they may start. The next command releases them.</param>
    public sealed record Sent(IReadOnlyList<(ArrayDraft Draft, SlurmJob Job)> Arrays, string? Held) : SendOutcome;

    /// <summary>Slurm refused one; those before it were taken back.</summary>
    /// <param name="Draft">The one refused.</param>
    /// <param name="Words">Slurm's own words.</param>
    /// <param name="Kind">What they mean.</param>
    /// <param name="Left">Jobs that could not be taken back. They are held, so that nothing of them ever runs.</param>
    public sealed record Refused(ArrayDraft Draft, string Words, RefusalKind Kind, IReadOnlyList<SlurmJob> Left)
        : SendOutcome;

    /// <summary>Slurm gave no answer for one, and doesn't know it; those before it were taken back.</summary>
    /// <param name="Draft">The one without an answer.</param>
    /// <param name="Words">What is known.</param>
    /// <param name="Left">As for <see cref="Refused"/>.</param>
    public sealed record Unanswered(ArrayDraft Draft, string Words, IReadOnlyList<SlurmJob> Left) : SendOutcome;

    /// <summary>There is no Slurm here.</summary>
    /// <param name="Program">The program that is missing.</param>
    public sealed record NoSlurm(string Program) : SendOutcome;
}
