namespace Expflow.Indexing;

/// <summary>How many runs of one stage stand in one state.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="State">The word of a <see cref="Tracking.RunState"/>.</param>
/// <param name="Runs">How many.</param>
/// <param name="Flagged">How many of them have a flag.</param>
/// <param name="Elapsed">The wall time of their latest attempts, in seconds, added up.</param>
public sealed record StateCount(string Stage, string State, int Runs, int Flagged, double Elapsed);
