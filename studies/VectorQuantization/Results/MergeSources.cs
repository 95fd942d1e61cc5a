using System.IO.Enumeration;
using VectorQuantization.Problems;

namespace VectorQuantization.Results;

/// <summary>Finds the databases that a merge is to read.</summary>
internal static class MergeSources
{
    private const string Extension = ".db";

    /// <summary>Files as they were given, and in place of folders the <c>*.db</c> below them, each once and without the target.</summary>
    /// <exception cref="BadInputException">A name that leads to no database.</exception>
    internal static IReadOnlyList<string> Find(IEnumerable<string> given, string target)
    {
        var problems = new ProblemList();
        var found = given.SelectMany(name => Below(name, problems)).ToList();
        problems.ThrowIfAny();
        return [.. found.Where(path => !IsSame(path, target)).DistinctBy(Real)];
    }

    private static List<string> Below(string name, ProblemList problems)
    {
        if (File.Exists(name))
            return [name];
        if (!Directory.Exists(name))
        {
            problems.Add($"'{name}' does not exist: name databases of results, or folders that hold some.");
            return [];
        }
        var below = Files(name).Order(StringComparer.Ordinal).ToList();
        problems.Require(
            below.Count > 0,
            $"'{name}' holds no '*{Extension}': name databases of results, or a folder that holds some."
        );
        return below;
    }

    private static FileSystemEnumerable<string> Files(string folder) =>
        new(
            folder,
            (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false }
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && entry.FileName.EndsWith(Extension, StringComparison.Ordinal),
            // A link to a folder above would lead round and round.
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    private static bool IsSame(string path, string other) => Real(path) == Real(other);

    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
