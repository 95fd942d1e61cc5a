using Expflow.Problems;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary>Experiment files by what people type: <c>digits</c> is as good as <c>experiments/digits.yaml</c>.</summary>
internal static class ExperimentFiles
{
    /// <summary>Where <c>expflow new</c> puts them.</summary>
    public const string Folder = "experiments";

    /// <summary>The path of the file that the user means, as the user would type it.</summary>
    public static Checked<string> Find(Composition with, string typed)
    {
        foreach (var folder in (ReadOnlySpan<string>)["", Folder])
        foreach (var ending in (ReadOnlySpan<string>)["", ".yaml", ".yml"])
            if (File.Exists(Path.Combine(with.Folder, folder, typed + ending)))
                return Path.Combine(folder, typed + ending);
        if (Directory.Exists(Path.Combine(with.Folder, typed)))
            return new Problem($"'{typed}' is a folder. {InFolder(Path.Combine(with.Folder, typed), typed)}");
        var hint = Near(with, typed) is { } near ? $"Did you mean '{near}'?" : "Run 'expflow new NAME' to make one.";
        return new Problem($"There is no experiment file '{typed}'. {hint}");
    }

    /// <summary>The experiment files here and in <see cref="Folder"/>, as the user would type them, by name.</summary>
    public static IReadOnlyList<string> Known(Composition with) =>
        [.. In(with.Folder, ""), .. In(Path.Combine(with.Folder, Folder), Folder)];

    private static IEnumerable<string> In(string folder, string shown)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(folder)
                    .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
                    .Select(path => Path.GetFileName(path)!)
                    .Where(name => name != ProjectFolder.FileName)
                    .Order(StringComparer.Ordinal)
                    .Select(name => Path.Combine(shown, name)),
            ];
        }
        // No such folder, or not ours to look into: nothing to suggest.
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string InFolder(string folder, string shown) =>
        In(folder, shown).Take(3).Select(file => $"'{file}'").ToList() is { Count: > 0 } files
            ? $"Name one of its files, such as {string.Join(", ", files)}."
            : "Name an experiment file.";

    // With or without folder and ending, whichever the user has typed.
    private static string? Near(Composition with, string typed)
    {
        var spellings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Known(with))
        {
            spellings.TryAdd(file, file);
            spellings.TryAdd(Path.ChangeExtension(file, null), file);
            spellings.TryAdd(Path.GetFileName(file), file);
            spellings.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }
        return Suggestion.For(typed, spellings.Keys) is { } near ? spellings[near] : null;
    }
}
