using Expflow.Manifests;
using Expflow.Tracking;

namespace Expflow.Verification;

/// <summary>One expected run, and what was found of it.</summary>
/// <param name="Run">What is expected.</param>
/// <param name="Found">What was found; null when it was never submitted.</param>
/// <param name="State">The word of its state; <c>never submitted</c> when it was not.</param>
/// <param name="Hole">Why it has no verified result; null when it has one.</param>
/// <param name="Reason">The same in a sentence; null when there is nothing to say.</param>
public sealed record VerifiedRun(ManifestRun Run, TrackedRun? Found, string State, HoleKind? Hole, string? Reason);
