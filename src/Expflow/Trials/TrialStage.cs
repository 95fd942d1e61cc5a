using Expflow.Arrays;
using Expflow.Experiments;

namespace Expflow.Trials;

/// <summary>A stage that is tried out.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Phases">What is measured, in this order: variant by variant, few workers first.</param>
/// <param name="Tasks">The runs of all phases.</param>
public sealed record TrialStage(Stage Stage, IReadOnlyList<TrialPhase> Phases, IReadOnlyList<ArrayTask> Tasks)
{
    /// <summary>The most runs at a time.</summary>
    public int MostWorkers => Phases.Max(phase => phase.Workers);

    /// <summary>How long it takes when every run needs all the time that it may.</summary>
    /// <param name="limit">The most that one run may take.</param>
    public TimeSpan LongestWith(TimeSpan limit) => limit * Phases.Sum(phase => phase.Count / phase.Workers);
}
