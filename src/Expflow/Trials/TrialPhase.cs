using Expflow.Parameters;

namespace Expflow.Trials;

/// <summary>One thing that is measured: runs of one variant of a stage, so many at a time on the same GPUs.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Variant">What tells it from other variants; empty where there is one only.</param>
/// <param name="Workers">How many runs at a time.</param>
/// <param name="First">The first of its tasks in the stage's file.</param>
/// <param name="Count">How many tasks there are from there on.</param>
public sealed record TrialPhase(string Stage, ParameterSet Variant, int Workers, int First, int Count);
