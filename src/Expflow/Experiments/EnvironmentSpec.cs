using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>
/// What is set up before the command, in this order: variables, modules, MPS, conda, venv, setup lines. A container goes around the command with its
/// conda, venv and setup lines; modules and MPS stay outside.
/// </summary>
public sealed record EnvironmentSpec
{
    /// <summary>Nothing to set up.</summary>
    public static readonly EnvironmentSpec Empty = new();

    /// <summary>Modules to load: <c>cuda/11.8.0</c>.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Lines of bash, run in order in the code folder before the command.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>A conda environment, by name or path.</summary>
    public string? Conda { get; init; }

    /// <summary>A Python virtual environment's folder; relative to the project.</summary>
    public string? Venv { get; init; }

    /// <summary>The container to run the command in.</summary>
    public ContainerSpec? Container { get; init; }

    /// <summary>Whether NVIDIA's multi-process service runs beside the command.</summary>
    public bool Mps { get; init; }

    /// <summary>Environment variables, in the file's order. Values may hold placeholders; they are not quoted for a shell.</summary>
    public IReadOnlyList<KeyValuePair<string, CommandTemplate>> Variables { get; init; } = [];

    /// <summary>Whether anything but variables is to be set up, which takes a shell.</summary>
    public bool NeedsShell =>
        Modules.Count > 0 || Setup.Count > 0 || Conda is not null || Venv is not null || Container is not null || Mps;
}
