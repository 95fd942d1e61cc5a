namespace Expflow.Tracking;

/// <summary>How one run stands, in the words of screens and JSON.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">The word of its <see cref="RunState"/>.</param>
/// <param name="Reason">Why it isn't simply done: what failed, what it waits for, what is wrong with its result; null when there is nothing to say.</param>
/// <param name="IsHole">True while there is no verified result: only a run that is done and has no flag is none.</param>
public sealed record RunStanding(TrackedRun Run, string State, string? Reason, bool IsHole);
