namespace Expflow.Manifests;

/// <summary>The version of the code that a submission runs.</summary>
/// <param name="Tree">The git tree with the uncommitted changes: equal trees are equal code.</param>
/// <param name="Commit">The commit that was checked out; null before a repository's first.</param>
/// <param name="Branch">The branch; null when none is checked out.</param>
/// <param name="Dirty">True when there were uncommitted changes.</param>
/// <param name="Diff">The file with those changes, relative to the project's state folder.</param>
public sealed record ManifestCode(string Tree, string? Commit, string? Branch, bool Dirty, string? Diff);
