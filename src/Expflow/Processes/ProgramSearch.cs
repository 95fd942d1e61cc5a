namespace Expflow.Processes;

/// <summary>Finds the file of a program as a shell does.</summary>
/// <param name="path">What <c>PATH</c> holds.</param>
public sealed class ProgramSearch(string? path)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's file, absolute; null when there is none that can be executed.</summary>
    /// <param name="program">A name, looked for in <c>PATH</c>, or a path with a slash in it.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    public string? Find(string program, string folder)
    {
        if (program.Length == 0)
            return null;
        if (program.Contains('/', StringComparison.Ordinal))
            return Usable(Path.Combine(folder, program));
        foreach (var place in (path ?? "/usr/local/bin:/usr/bin:/bin").Split(':'))
            if (Usable(Path.Combine(folder, place, program)) is { } found)
                return found;
        return null;
    }

    /// <summary>True when somebody may execute it.</summary>
    internal static bool IsExecutable(string file) =>
        File.Exists(file) && (File.GetUnixFileMode(file) & Executable) != 0;

    private static string? Usable(string file) => IsExecutable(file) ? file : null;
}
