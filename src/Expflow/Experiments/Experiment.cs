using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Sweeps;

namespace Expflow.Experiments;

/// <summary>What to run, over which parameters, with which resources: one experiment file after inheritance, defaults and overrides.</summary>
/// <remarks>Everything that a stage doesn't say itself has been filled in from the experiment: a reader of stages needs nothing else.</remarks>
public sealed record Experiment
{
    /// <summary>The name: letters, digits, <c>_</c>, <c>.</c>, <c>-</c>; at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>The file, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Parameters with one value each. A sweep's values win over them.</summary>
    public ParameterSet Parameters { get; init; } = ParameterSet.Empty;

    /// <summary>Which points to run; <see cref="Sweep.None"/> is the one point of the fixed parameters.</summary>
    public Sweep Sweep { get; init; } = Sweep.None;

    /// <summary>The stages, in the file's order. At least one; an experiment without <c>stages</c> has one by the name of <see cref="SingleStage"/>.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>Named selections of stages.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; init; } = [];

    /// <summary>How it is tried out how many runs may share a GPU.</summary>
    public TrialSpec Trial { get; init; } = TrialSpec.Usual;

    /// <summary>What a submission hands the runs to.</summary>
    public ExperimentExecutor Executor { get; init; } = ExperimentExecutor.Open;

    /// <summary>The pool, where one is to carry the runs out.</summary>
    public PoolSettings Pool { get; init; } = PoolSettings.Open;

    /// <summary>How outputs of runs are kept.</summary>
    public KeepOutputs Keep { get; init; } = KeepOutputs.Files;

    /// <summary>Whether runs execute from frozen code.</summary>
    public bool Snapshot { get; init; } = true;

    /// <summary>All of the above as one line of JSON that the reader reads back to an equal experiment; no <c>extends</c> in it.</summary>
    public required string Resolved { get; init; }

    /// <summary>Where each effective value came from, in the order of <see cref="Resolved"/>.</summary>
    public IReadOnlyList<ValueOrigin> Origins { get; init; } = [];

    /// <summary>The stage's name when the file has no <c>stages</c>.</summary>
    public const string SingleStage = "main";

    /// <summary>The stage by name; null when there is none.</summary>
    public Stage? Stage(string name) => Stages.FirstOrDefault(stage => stage.Name == name);
}

/// <summary>A named selection of stages; complete, so that whatever a member needs is a member too.</summary>
/// <param name="Name">The name.</param>
/// <param name="Stages">Names of stages, in the experiment's order.</param>
public sealed record Pipeline(string Name, IReadOnlyList<string> Stages);

/// <summary>How outputs of runs are kept on disk.</summary>
public enum KeepOutputs
{
    /// <summary>A folder per run and per attempt.</summary>
    Files,

    /// <summary>Outputs of many runs one after another in few files: for very many, very short runs.</summary>
    Packed,
}

/// <summary>Where an effective value came from.</summary>
/// <param name="Path">The value's path in the experiment: <c>stages.fusion.resources.memory</c>.</param>
/// <param name="Value">The value, as JSON.</param>
/// <param name="Source">A file's place, an environment variable's name, or the option that set it.</param>
public sealed record ValueOrigin(string Path, string Value, ValueSource Source);
