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

    /// <summary>The turn of the run's history that the array answers to.</summary>
    public int Placed { get; init; }

    /// <summary>True when an array carries out what is wanted of the run now; false when it has still to be sent out, or sent out again.</summary>
    public bool IsPlaced => Array is not null && Placed >= History.Turn;
}
