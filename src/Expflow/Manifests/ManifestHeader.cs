using Expflow.Runs;

namespace Expflow.Manifests;

/// <summary>What a manifest says of the submission as a whole.</summary>
public sealed record ManifestHeader
{
    /// <summary>The submission, and the manifest's file name.</summary>
    public required SubmissionId Submission { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>What the experiment is about, as its file says.</summary>
    public string? Description { get; init; }

    /// <summary>The experiment's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version of Expflow that made it.</summary>
    public required string Expflow { get; init; }

    /// <summary>The experiment file, relative to the project.</summary>
    public required string File { get; init; }

    /// <summary>What the command line said over the file, each as it was typed: <c>--set epochs=5</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The experiment after inheritance and all overrides, as JSON that the experiment reader reads back.</summary>
    public required string Resolved { get; init; }

    /// <summary>The folder that commands start in: the snapshot's, or the project's own.</summary>
    public required string Code { get; init; }

    /// <summary>The version of the code, when there is a git repository.</summary>
    public ManifestCode? Version { get; init; }
}
