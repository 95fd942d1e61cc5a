namespace Expflow.Snapshots;

/// <summary>Says whether two snapshots hold the same code.</summary>
public static class CodeComparison
{
    /// <summary>True when the folders have the same files with the same content, but for the files named.</summary>
    /// <param name="one">A snapshot's folder.</param>
    /// <param name="other">Another's.</param>
    /// <param name="besides">Paths relative to the snapshots that make no difference: the experiment file, whose content is in every run's identity.</param>
    public static bool IsSame(string one, string other, IReadOnlySet<string> besides)
    {
        if (!Directory.Exists(one) || !Directory.Exists(other))
            return false;
        var files = Sizes(one, besides);
        var others = Sizes(other, besides);
        return files.Count == others.Count
            && files.All(file => others.TryGetValue(file.Key, out var size) && size == file.Value)
            && files.Keys.All(file => HasSameContent(Path.Combine(one, file), Path.Combine(other, file)));
    }

    private static Dictionary<string, long> Sizes(string folder, IReadOnlySet<string> besides) =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file.FullName), Size: SizeOf(file)))
            .Where(file => !besides.Contains(file.Name))
            .ToDictionary(file => file.Name, file => file.Size, StringComparer.Ordinal);

    // A link is compared by where it points, whatever stands there.
    private static long SizeOf(FileInfo file) => file.LinkTarget is { } target ? -1 - target.Length : file.Length;

    private static bool HasSameContent(string one, string other) =>
        (new FileInfo(one).LinkTarget, new FileInfo(other).LinkTarget) switch
        {
            (null, null) => File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other)),
            var (target, otherTarget) => target == otherTarget,
        };
}
