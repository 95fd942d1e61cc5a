using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Planning;

/// <summary>Which stages of an experiment are wanted, and whether what they need comes along.</summary>
public sealed record StageSelection
{
    /// <summary>All stages.</summary>
    public static readonly StageSelection All = new("", null, false);

    private StageSelection(string option, IReadOnlyList<string>? stages, bool isAlone) =>
        (Option, Stages, IsAlone) = (option, stages, isAlone);

    /// <summary>As it was typed: <c>--from curriculum</c>; empty for all.</summary>
    public string Option { get; }

    /// <summary>The names, in the experiment's order; null for all.</summary>
    public IReadOnlyList<string>? Stages { get; }

    /// <summary>True when only these are submitted and what they need has to be done already.</summary>
    public bool IsAlone { get; }

    /// <summary>The stages of a pipeline, and what they need.</summary>
    public static Checked<StageSelection> Pipeline(Experiment experiment, string name)
    {
        if (experiment.Pipelines.FirstOrDefault(pipeline => pipeline.Name == name) is { } found)
            return new StageSelection($"--pipeline {name}", found.Stages, false);
        var names = experiment.Pipelines.Select(pipeline => pipeline.Name).ToList();
        var hint =
            Suggestion.For(name, names) is { } near ? $"Did you mean '{near}'?"
            : names.Count == 0 ? "The file has no 'pipelines'."
            : $"There is {string.Join(", ", names.Select(one => $"'{one}'"))}.";
        return new Problem($"'{experiment.File}' has no pipeline '{name}'. {hint}");
    }

    /// <summary>Just these stages.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="names">As typed: each one name, or several with commas.</param>
    public static Checked<StageSelection> Only(Experiment experiment, IReadOnlyList<string> names) =>
        Named(experiment, "--stages", names, _ => []);

    /// <summary>These stages and everything downstream of them.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="names">As typed: each one name, or several with commas.</param>
    public static Checked<StageSelection> From(Experiment experiment, IReadOnlyList<string> names) =>
        Named(experiment, "--from", names, stage => Downstream(experiment, stage));

    /// <summary>Whether a stage is wanted.</summary>
    public bool Has(Stage stage) => Stages?.Contains(stage.Name) is not false;

    private static Checked<StageSelection> Named(
        Experiment experiment,
        string option,
        IReadOnlyList<string> typed,
        Func<string, IEnumerable<string>> more
    )
    {
        var names = typed
            .SelectMany(one => one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        option = $"{option} {string.Join(',', names)}".TrimEnd();
        var known = experiment.Stages.Select(stage => stage.Name).ToList();
        if (names.Count == 0)
            return new Problem($"'{option}' names no stage. The stages are {string.Join(", ", known)}.");
        if (names.Where(name => !known.Contains(name)).ToList() is { Count: > 0 } unknown)
            return Checked<StageSelection>.Failed([
                .. unknown.Select(name => new Problem($"{option}: {StageGraph.UnknownStage(name, known)}")),
            ]);
        var wanted = names.Concat(names.SelectMany(more)).ToHashSet(StringComparer.Ordinal);
        return new StageSelection(option, [.. known.Where(wanted.Contains)], true);
    }

    private static HashSet<string> Downstream(Experiment experiment, string stage)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { stage };
        // Upstream stages come first, so one pass finds all.
        foreach (var one in StageOrder.Of(experiment))
            if (one.Needs.Any(found.Contains))
                found.Add(one.Name);
        return found;
    }
}
