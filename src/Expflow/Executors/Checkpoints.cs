namespace Expflow.Executors;

/// <summary>Looks at what a run has saved.</summary>
internal static class Checkpoints
{
    /// <summary>When the newest file was written, by the file system's clock; null when there is none.</summary>
    public static DateTime? Newest(string runFolder)
    {
        var folder = new DirectoryInfo(AttemptFolder.CheckpointsOf(runFolder));
        if (!folder.Exists)
            return null;
        DateTime? newest = null;
        try
        {
            foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
                if (newest is null || file.LastWriteTimeUtc > newest)
                    newest = file.LastWriteTimeUtc;
        }
        // The program tidies up while this looks: what was seen so far has to do.
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { }
        return newest;
    }
}
