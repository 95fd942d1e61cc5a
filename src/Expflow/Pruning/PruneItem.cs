namespace Expflow.Pruning;

/// <summary>What kind of thing is put into an archive.</summary>
public enum PruneKind
{
    /// <summary>The folder of an attempt that a later one has replaced.</summary>
    Attempt,

    /// <summary>The whole folder of a run.</summary>
    Run,

    /// <summary>Frozen code.</summary>
    Snapshot,
}

/// <summary>A folder that can be archived.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Relative to the project.</param>
/// <param name="Reason">Why nobody needs it where it stands.</param>
/// <param name="Files">How many files and links are in it.</param>
/// <param name="Bytes">How much they hold.</param>
public sealed record PruneItem(PruneKind Kind, string Path, string Reason, int Files, long Bytes);

/// <summary>A folder that was asked for and is left alone.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="Reason">Why.</param>
public sealed record LeftAlone(string Path, string Reason);

/// <summary>What a prune would archive.</summary>
/// <param name="Items">The folders.</param>
/// <param name="LeftAlone">What was asked for and must stay.</param>
public sealed record PrunePlan(IReadOnlyList<PruneItem> Items, IReadOnlyList<LeftAlone> LeftAlone)
{
    /// <summary>How much all folders hold together.</summary>
    public long Bytes => Items.Sum(item => item.Bytes);

    /// <summary>How many files and links are in them.</summary>
    public int Files => Items.Sum(item => item.Files);
}
