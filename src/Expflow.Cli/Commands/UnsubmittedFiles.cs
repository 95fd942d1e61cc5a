using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary>Experiment files of a project of which nothing was ever submitted.</summary>
internal static class UnsubmittedFiles
{
    private const string Key = "experiment:";
    private const int MostLines = 200;

    /// <summary>Paths relative to the project, by name. Only the project's folder and <c>experiments/</c> are looked at.</summary>
    public static IReadOnlyList<string> Find(ProjectFolder project, IReadOnlyCollection<string> submitted) =>
        [
            .. new[] { project.Root, Path.Combine(project.Root, "experiments") }
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.y*ml"))
                .Where(path => NameIn(path) is { } name && !submitted.Contains(name))
                .Select(path => Path.GetRelativePath(project.Root, path))
                .Order(StringComparer.Ordinal),
        ];

    // Reading whole experiments takes milliseconds each; their name stands in a line of its own.
    private static string? NameIn(string path)
    {
        try
        {
            var line = File.ReadLines(path)
                .Take(MostLines)
                .FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
            return line?[Key.Length..].Split(" #")[0].Trim().Trim('"', '\'');
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
