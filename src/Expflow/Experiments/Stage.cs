using Expflow.Metrics;
using Expflow.Problems;
using Expflow.Slurm;
using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>One step of an experiment, with everything filled in that the experiment says for all its stages.</summary>
public sealed record Stage
{
    /// <summary>The name: letters, digits, <c>_</c>, <c>.</c>, <c>-</c>; at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>What to run.</summary>
    public required CommandTemplate Command { get; init; }

    /// <summary>Stages whose runs must be done first.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>
    /// For a stage that gathers: one run per distinct assignment of these parameters, which needs all upstream runs of that assignment.
    /// Null when the stage doesn't gather; empty when one run gathers everything.
    /// </summary>
    public IReadOnlyList<string>? Per { get; init; }

    /// <summary>Parameters that the command uses: placeholders, <c>{flags}</c> and the like (all parameters), and the key <c>uses</c>. In the experiment's order, without those of upstream stages.</summary>
    public required IReadOnlyList<string> Uses { get; init; }

    /// <summary>Files or folders that a success leaves in the run's folder, as relative paths. They may hold parameters as placeholders.</summary>
    public IReadOnlyList<CommandTemplate> Outputs { get; init; } = [];

    /// <summary>Where the command starts.</summary>
    public StartFolder Workdir { get; init; } = StartFolder.Code;

    /// <summary>What a run asks for.</summary>
    public Resources Resources { get; init; } = Resources.Open;

    /// <summary>How long a run may go without new output, metrics or checkpoints before it counts as hung; null when it may for ever.</summary>
    public Walltime? Progress { get; init; }

    /// <summary>What only Slurm is told.</summary>
    public SlurmSettings Slurm { get; init; } = SlurmSettings.Open;

    /// <summary>The priority when nothing is said.</summary>
    public const int UsualPriority = 100;

    /// <summary>Which runs a pool takes first: 0 to 1000, the highest first.</summary>
    public int Priority { get; init; } = UsualPriority;

    /// <summary>What is set up before the command.</summary>
    public EnvironmentSpec Environment { get; init; } = EnvironmentSpec.Empty;

    /// <summary>What is tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Never;

    /// <summary>Whether Slurm may start a run of it again under the same job id: what the file says, otherwise when such endings are tried again anyway.</summary>
    public bool MayRequeue => Slurm.Requeue ?? (Retry.NodeFailed ?? Retry.Preempted ?? Retry.TimedOut) is not null;

    /// <summary>Where metrics are read from, beside <c>EXPFLOW_METRICS</c>, which is always read.</summary>
    public IReadOnlyList<DeclaredMetrics> Metrics { get; init; } = [];

    /// <summary>Metrics without which a finished run is a hole.</summary>
    public IReadOnlyList<string> RequiredMetrics { get; init; } = [];

    /// <summary>What metrics must hold.</summary>
    public IReadOnlyList<MetricCheck> Checks { get; init; } = [];

    /// <summary>Where it stands in its file.</summary>
    public SourcePlace Place { get; init; }
}

/// <summary>Where a command starts.</summary>
public enum StartFolder
{
    /// <summary>The root of the code: the snapshot's, or the project's.</summary>
    Code,

    /// <summary>The run's own folder.</summary>
    Run,
}

/// <summary>Where a program that knows nothing of Expflow puts its metrics.</summary>
/// <param name="File">The file, relative to the run's folder; null for the command's output.</param>
/// <param name="Format">How metrics stand in it.</param>
public sealed record DeclaredMetrics(string? File, MetricFormat Format);
