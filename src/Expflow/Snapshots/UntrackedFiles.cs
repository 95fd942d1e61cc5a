namespace Expflow.Snapshots;

/// <summary>Files that git neither tracks nor ignores: they are part of a snapshot, and a data set among them would be copied with it.</summary>
internal static class UntrackedFiles
{
    /// <summary>100 MB: far more than code, far less than a disk quota.</summary>
    public const long Limit = 100_000_000;

    private const int Named = 3;

    /// <summary>The objection to taking <paramref name="paths"/> in, or null.</summary>
    /// <param name="top">The folder that the paths are relative to.</param>
    /// <param name="paths">As git lists them.</param>
    /// <param name="limit">The most that they may hold together, in bytes.</param>
    public static string? Objection(string top, IEnumerable<string> paths, long limit)
    {
        var sizes = paths.Select(path => (path, size: Size(Path.Combine(top, path)))).ToList();
        var total = sizes.Sum(file => file.size);
        if (total <= limit)
            return null;
        var largest = sizes
            .OrderByDescending(file => file.size)
            .Take(Named)
            .Select(file => $"'{file.path}' ({Megabytes(file.size)})");
        return $"{sizes.Count} files that git does not track hold {Megabytes(total)}, and a snapshot takes at most {Megabytes(limit)}: "
            + $"{string.Join(", ", largest)}{(sizes.Count > Named ? ", …" : "")}. "
            + "Name what is not code in '.gitignore', or write 'snapshot: off'.";
    }

    // A link counts as itself, and a name that is not UTF-8 as nothing.
    private static long Size(string path) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null } file ? file.Length : 0;

    private static string Megabytes(long bytes) => bytes < 100_000 ? $"{bytes} B" : $"{bytes / 1e6:0.#} MB";
}
