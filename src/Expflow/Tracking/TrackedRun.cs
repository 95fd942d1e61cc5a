using Expflow.Manifests;
using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>A run that a manifest names, and what the journal says of it.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Run">What the manifest says.</param>
/// <param name="Submission">The latest submission that names it.</param>
/// <param name="History">What the journal says.</param>
public sealed record TrackedRun(string Experiment, ManifestRun Run, SubmissionId Submission, RunHistory History)
{
    /// <summary>The latest job array that carries it out; null when none does.</summary>
    public ArrayId? Array { get; init; }

    /// <summary>Its number in that array.</summary>
    public int Task { get; init; }
}
