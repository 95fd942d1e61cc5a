using Expflow.Manifests;

namespace Expflow.Arrays;

/// <summary>One task of an array: a run, and where it finds what it needs.</summary>
/// <param name="Index">Its number in the Slurm array.</param>
/// <param name="Run">The run, as its manifest names it.</param>
/// <param name="Turn">The run's last change of mind when the array was made: an order of a later turn wants another array.</param>
/// <param name="Upstream">The run folders, relative to the project's runs, of each stage that it needs, those further up included.</param>
public sealed record ArrayTask(
    int Index,
    ManifestRun Run,
    int Turn,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Upstream
)
{
    /// <summary>The run's last attempt that the journal knew of when the array was made: the next is numbered after it, even where its folder is gone.</summary>
    public int After { get; init; }

    /// <summary>The last order to run it again, as its journal line, for an agent that doesn't read the journal; null when there was none, or Slurm is to carry it out.</summary>
    public string? Requeued { get; init; }
}
