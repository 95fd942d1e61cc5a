using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>What the command line says over the file; each as it was typed.</summary>
public sealed record Overrides
{
    /// <summary>Nothing.</summary>
    public static readonly Overrides None = new();

    /// <summary>Values of <c>--set</c>: <c>lr=0.1</c>, <c>lr=[0.1,0.2]</c>, <c>seed=0..4</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Values of <c>--resources</c>, for all stages: <c>walltime=10h</c>.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Values of <c>--stage</c>, for one stage: <c>fusion.memory=64G</c>.</summary>
    public IReadOnlyList<string> Stage { get; init; } = [];

    internal static string UnknownParameter(string name, IReadOnlyList<string> known) =>
        Suggestion.For(name, known) is { } near ? $"'{name}' is no parameter. Did you mean '{near}'?"
        : known.Count == 0 ? $"'{name}' is no parameter; there are none. Add it to 'parameters'."
        : $"'{name}' is no parameter. The parameters are {string.Join(", ", known)}.";
}
