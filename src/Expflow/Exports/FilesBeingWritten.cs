namespace Expflow.Exports;

/// <summary>Files that stand beside their places until all of them are whole. What has not been put in its place is deleted at the end.</summary>
/// <param name="path">The path that all files' names begin with.</param>
internal sealed class FilesBeingWritten(string path) : IDisposable
{
    private readonly List<(string From, ExportedFile File)> files = [];

    /// <summary>The files so far, as they will stand.</summary>
    public IEnumerable<ExportedFile> Files => files.Select(file => file.File);

    /// <summary>Writes one file.</summary>
    /// <param name="ending">What follows the common path.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="rows">How many rows it has, asked when it is written.</param>
    public void Add(string ending, Action<Stream> write, Func<long>? rows = null)
    {
        var place = Path.GetFullPath(path + ending);
        var folder = Path.GetDirectoryName(place)!;
        Directory.CreateDirectory(folder);
        var from = Path.Combine(folder, $".{Path.GetFileName(place)}.{Environment.ProcessId}.tmp");
        // Before it is written: it must be cleared away also when it breaks off.
        files.Add((from, new ExportedFile(place, null, 0, "")));
        using var stream = new HashedFile(from);
        write(stream);
        var hash = stream.Finish();
        files[^1] = (from, new ExportedFile(place, rows?.Invoke(), stream.Length, hash));
    }

    /// <summary>Puts every file in its place, the description last.</summary>
    public void Place()
    {
        foreach (var (from, file) in files)
            File.Move(from, file.Path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (from, _) in files)
        {
            // Only what this export made itself, and only where its name still stands.
            if (File.Exists(from))
                File.Delete(from);
        }
    }
}
