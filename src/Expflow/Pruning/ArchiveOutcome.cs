using Expflow.Problems;

namespace Expflow.Pruning;

/// <summary>What came of archiving. Exactly one of the nested cases.</summary>
public abstract record ArchiveOutcome
{
    private ArchiveOutcome() { }

    /// <summary>Everything stands in the archive, and the folders are gone.</summary>
    /// <param name="Path">The archive, absolute.</param>
    /// <param name="Bytes">Its size.</param>
    public sealed record Archived(string Path, long Bytes) : ArchiveOutcome;

    /// <summary>Everything stands in the archive, but not every folder could be removed.</summary>
    /// <param name="Path">The archive, absolute.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="Problem">What still stands where it stood, and why.</param>
    public sealed record NotRemoved(string Path, long Bytes, Problem Problem) : ArchiveOutcome;

    /// <summary>There is no archive, and nothing was removed.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Refused(Problem Problem) : ArchiveOutcome;
}
