using Expflow.Processes;

namespace Expflow.Detection;

/// <summary>A folder of the user's for files.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="From">Who says so: <c>$SCRATCH</c>, <c>usual place</c>, <c>user database</c>.</param>
/// <param name="Space">The room there; null where it can't be looked at.</param>
/// <param name="Trouble">Why it can't be used, in words; null when it can: a file was written there and taken away again.</param>
public sealed record Place(string Path, string From, DiskSpace? Space, string? Trouble)
{
    // Below these a place is no place for results.
    private const long FewestBytes = 1L << 30;
    private const long FewestFiles = 1000;

    /// <summary>Looks at a folder, and tries to write there; null when there is none.</summary>
    public static Place? At(string path, string from)
    {
        if (!Directory.Exists(path))
            return null;
        var space = DiskSpace.Of(path);
        return new(path, from, space, WhyNotWritable(path) ?? WhyTooSmall(space));
    }

    private static string? WhyTooSmall(DiskSpace? space) =>
        space is null ? null
        : space.FreeBytes < FewestBytes ? $"only {space.FreeBytes >> 20} MB are free"
        : space.FreeFiles < FewestFiles ? $"only {space.FreeFiles} more files may be made"
        : null;

    // Rights alone don't tell: the disk may be full, read-only, or above its quota.
    private static string? WhyNotWritable(string path)
    {
        var file = System.IO.Path.Combine(path, $".expflow-{Guid.NewGuid():N}");
        try
        {
            using var tried = new FileStream(
                file,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                4096,
                FileOptions.DeleteOnClose
            );
            tried.Write(new byte[4096]);
            tried.Flush();
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused is UnauthorizedAccessException
                ? "it can't be written to"
                : $"it can't be written to: {refused.Message.Split('\'')[0].Trim(' ', ':', '.')}";
        }
    }
}
