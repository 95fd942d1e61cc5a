using System.Globalization;
using Expflow.Projects;

namespace Expflow.Submission;

/// <summary>A copy of the <c>expflow</c> binary in the project, which jobs start: what is queued can't change with an upgrade.</summary>
public static class FrozenProgram
{
    /// <summary>The path of the copy, whether it is there or not.</summary>
    /// <param name="project">The project.</param>
    /// <param name="program">The binary that runs now.</param>
    /// <returns>The copy; the binary itself when it is no single file.</returns>
    public static string PathOf(ProjectFolder project, string program)
    {
        if (File.Exists(Path.ChangeExtension(program, ".dll")) || File.Exists(program + ".dll"))
            return program;
        var file = new FileInfo(program);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"expflow-{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}"
        );
        return Path.Combine(project.Programs, name);
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
        Directory.CreateDirectory(project.Programs);
        var draft = $"{copy}.{Environment.ProcessId}";
        File.Copy(program, draft, overwrite: true);
        File.Move(draft, copy, overwrite: true);
        return copy;
    }
}
