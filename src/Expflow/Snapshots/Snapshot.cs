namespace Expflow.Snapshots;

/// <summary>Code that can't change any more: a git tree with the uncommitted changes, checked out in a folder of its own.</summary>
public sealed record Snapshot
{
    /// <summary>The git tree, in hexadecimal: equal trees are equal code.</summary>
    public required string Tree { get; init; }

    /// <summary>The folder with the whole tree, absolute. Equal content shares one folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the project stands in the tree, relative to its root; empty when it is the root.</summary>
    public required string Project { get; init; }

    /// <summary>The commit that was checked out; null before the repository's first.</summary>
    public string? Commit { get; init; }

    /// <summary>The branch; null when none is checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>True when the tree is not the commit's.</summary>
    public bool Dirty => DiffFile is not null;

    /// <summary>The patch that makes the tree from the commit, new files included, absolute; null when they are equal.</summary>
    public string? DiffFile { get; init; }

    /// <summary>What the tree could not take in, a sentence each; most often none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The folder that commands start in: the project's place in the frozen code.</summary>
    public string WorkingDirectory => Path.TrimEndingDirectorySeparator(Path.Combine(Folder, Project));
}
