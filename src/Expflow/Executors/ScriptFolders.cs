namespace Expflow.Executors;

/// <summary>The folders that a script has to do with, all absolute.</summary>
/// <param name="Project">The project: what its file names by relative paths starts here.</param>
/// <param name="Code">The code that the command runs from.</param>
/// <param name="Run">The run's folder.</param>
/// <param name="Start">Where the command starts.</param>
public sealed record ScriptFolders(string Project, string Code, string Run, string Start)
{
    /// <summary>The file to write down in which modules were loaded; null for nowhere.</summary>
    public string? Modules { get; init; }
}
