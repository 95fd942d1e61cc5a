namespace Expflow.Snapshots;

/// <summary>What came of freezing the code.</summary>
/// <remarks>Exactly one of the nested cases.</remarks>
public abstract record SnapshotOutcome
{
    private SnapshotOutcome() { }

    /// <summary>The code is frozen.</summary>
    public sealed record Frozen(Snapshot Snapshot) : SnapshotOutcome;

    /// <summary>There is no git repository, or no git: the runs start in the project itself. Worth a warning.</summary>
    /// <param name="Reason">A sentence.</param>
    public sealed record NoRepository(string Reason) : SnapshotOutcome;

    /// <summary>There is a repository, but its code can't be frozen as it stands.</summary>
    /// <param name="Reason">What is in the way, with git's own words where they are the cause, and what to do.</param>
    public sealed record Refused(string Reason) : SnapshotOutcome;
}
