using System.Globalization;
using Expflow.Projects;

namespace Expflow.Submission;

/// <summary>A copy of the <c>expflow</c> binary in the project, which jobs start: what is queued can't change with an upgrade.</summary>
public static class FrozenProgram
{
    // Without it the copy could keep no index: the sentinel job is more than an agent.
    private const string Library = "libe_sqlite3.so";

    /// <summary>The path of the copy, whether it is there or not.</summary>
    /// <param name="project">The project.</param>
    /// <param name="program">The binary that runs now.</param>
    /// <returns>The copy; the binary itself when it is no single file.</returns>
    public static string PathOf(ProjectFolder project, string program)
    {
        if (File.Exists(Path.ChangeExtension(program, ".dll")) || File.Exists(program + ".dll"))
            return program;
        var file = new FileInfo(program);
        var version = string.Create(CultureInfo.InvariantCulture, $"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}");
        return Path.Combine(project.Programs, version, "expflow");
    }

    /// <summary>Makes the copy when this very binary has none yet.</summary>
    /// <param name="project">The project.</param>
    /// <param name="program">The binary that runs now.</param>
    /// <returns>Its path, as <see cref="PathOf"/> says it.</returns>
    /// <exception cref="IOException">The project can't be written.</exception>
    public static string Place(ProjectFolder project, string program)
    {
        var copy = PathOf(project, program);
        if (File.Exists(copy))
            return copy;
        var folder = Path.GetDirectoryName(copy)!;
        Directory.CreateDirectory(folder);
        var library = Path.Combine(Path.GetDirectoryName(program)!, Library);
        if (File.Exists(library))
            Copy(library, Path.Combine(folder, Library));
        // The last to come, so that where it is, all of it is.
        Copy(program, copy);
        return copy;
    }

    // Another command may be doing the same: whoever comes last puts the same bytes in the same place.
    private static void Copy(string from, string to)
    {
        var draft = $"{to}.{Environment.ProcessId}";
        File.Copy(from, draft, overwrite: true);
        File.Move(draft, to, overwrite: true);
    }
}
