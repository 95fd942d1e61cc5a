namespace Expflow.Experiments;

/// <summary>The container that a command runs in.</summary>
/// <param name="Image">A file, relative to the project, or an address such as <c>docker://ubuntu</c>.</param>
public sealed record ContainerSpec(string Image)
{
    /// <summary>Further folders to show inside, as Apptainer takes them: <c>/data</c>, <c>/data:/inside:ro</c>. What is relative is so to the project.</summary>
    public IReadOnlyList<string> Binds { get; init; } = [];

    /// <summary>Overlays, as Apptainer takes them: <c>packages.ext3:ro</c>. What is relative is so to the project.</summary>
    public IReadOnlyList<string> Overlays { get; init; } = [];

    /// <summary>Whether GPUs are shown inside; null: when the stage asks for GPUs.</summary>
    public bool? Gpu { get; init; }

    /// <summary><c>apptainer</c> or <c>singularity</c>; null for whichever is found, in this order.</summary>
    public string? Program { get; init; }

    /// <summary>Further options of <c>apptainer exec</c>, one word each.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
