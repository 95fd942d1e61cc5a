namespace Expflow.Pruning;

/// <summary>What is in a folder. Links are counted as links and never followed.</summary>
internal static class FolderContent
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        RecurseSubdirectories = false,
        IgnoreInaccessible = false,
    };

    /// <summary>The folder itself and all below it, each folder before what is in it, by name.</summary>
    public static IEnumerable<FileSystemInfo> Walk(DirectoryInfo folder)
    {
        yield return folder;
        foreach (
            var entry in folder
                .EnumerateFileSystemInfos("*", Everything)
                .OrderBy(one => one.Name, StringComparer.Ordinal)
        )
        {
            if (entry is DirectoryInfo { LinkTarget: null } below)
                foreach (var inner in Walk(below))
                    yield return inner;
            else
                yield return entry;
        }
    }

    /// <summary>Why the folder can't be touched; null when it is a real folder, with only real folders above it up to the project.</summary>
    public static string? Objection(string root, string relative)
    {
        var path = root;
        foreach (var part in relative.Split(Path.DirectorySeparatorChar))
        {
            if (part is ".." or "." or "")
                return "is not in the project";
            path = Path.Combine(path, part);
            if (!Directory.Exists(path))
                return "is not there any more";
            if (new DirectoryInfo(path).LinkTarget is { } target)
                return path.Length == root.Length + 1 + relative.Length
                    ? $"is a link to '{target}'"
                    : $"is behind a link to '{target}'";
        }
        return null;
    }

    /// <summary>How many files and links there are, and how much they hold.</summary>
    public static (int Files, long Bytes) Measure(string folder)
    {
        var (files, bytes) = (0, 0L);
        foreach (var entry in Walk(new(folder)))
        {
            if (entry is DirectoryInfo { LinkTarget: null })
                continue;
            files++;
            bytes += entry is FileInfo { LinkTarget: null } file ? file.Length : 0;
        }
        return (files, bytes);
    }
}
