using System.Collections.Immutable;
using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>What an array waits for before any or each of its tasks starts.</summary>
public abstract record DraftWait
{
    private DraftWait() { }

    /// <summary>Nothing.</summary>
    public sealed record None : DraftWait;

    /// <summary>Each task waits for the tasks of the same index in these arrays: <c>aftercorr</c>.</summary>
    public sealed record Corresponding(ImmutableArray<ArraySource> Arrays) : DraftWait;

    /// <summary>All tasks wait for all of these tasks: <c>afterok</c>.</summary>
    public sealed record Tasks(ImmutableArray<(ArraySource Array, int Index)> Sources) : DraftWait;
}

/// <summary>An array that others wait for.</summary>
/// <remarks>Either of the two: one that is sent out in the same transaction, or one that Slurm has already.</remarks>
/// <param name="Draft">The array that is about to be sent.</param>
/// <param name="Job">The job that Slurm has.</param>
public sealed record ArraySource(ArrayDraft? Draft, SlurmJob? Job);
