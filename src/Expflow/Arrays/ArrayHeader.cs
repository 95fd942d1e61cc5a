using Expflow.Runs;

namespace Expflow.Arrays;

/// <summary>What an array file says of the array as a whole.</summary>
public sealed record ArrayHeader
{
    /// <summary>The array, and the file's name.</summary>
    public required ArrayId Array { get; init; }

    /// <summary>The submission whose runs it carries out.</summary>
    public required SubmissionId Submission { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The stage.</summary>
    public required string Stage { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The folder that commands start in: the snapshot's, or the project's own.</summary>
    public required string Code { get; init; }

    /// <summary>Memory asked for, in bytes: the stage's, or what recovery has made of it; null when it is left to the site.</summary>
    public long? Memory { get; init; }

    /// <summary>CPU cores asked for; null when it is left to the site.</summary>
    public int? Cpus { get; init; }

    /// <summary>Walltime asked for, in seconds; null when it is left to the site.</summary>
    public double? Walltime { get; init; }

    /// <summary>Nodes that it must not run on.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether Slurm may start a task again under the same job id.</summary>
    public bool MayRequeue { get; init; }

    /// <summary>The text that <c>sbatch</c> was given.</summary>
    public required string Script { get; init; }

    /// <summary>The experiment after inheritance and all overrides, as JSON that the experiment reader reads back.</summary>
    public required string Resolved { get; init; }
}
