using Expflow.Runs;

namespace Expflow.Trials;

/// <summary>A trial as it was set up.</summary>
public sealed record TrialRecord
{
    /// <summary>Its name, and that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The experiment file, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>When it was set up.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The stages that are tried out: each has a file of tasks, and is measured by an agent of its own.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>A stage of a trial.</summary>
    /// <param name="Stage">The stage.</param>
    /// <param name="Array">The file of its tasks.</param>
    /// <param name="Phases">What is measured, in order.</param>
    public sealed record Part(string Stage, ArrayId Array, IReadOnlyList<TrialPhase> Phases);
}
