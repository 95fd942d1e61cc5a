namespace Expflow.Queues;

/// <summary>A batch that stands in the queue.</summary>
/// <param name="Folder">The folder of the queue that it is in.</param>
/// <param name="Name">Its name.</param>
public sealed record WaitingBatch(string Folder, BatchName Name)
{
    /// <summary>Its file.</summary>
    public string Path => System.IO.Path.Combine(Folder, Name.ToString());

    /// <summary>All that wait, in the order in which they are to start: priority, then what came back, then as they were submitted.</summary>
    public static IReadOnlyList<WaitingBatch> Of(PoolFolder pool) => [.. Of(pool, removesEmpty: false)];

    /// <summary>The same; folders of submissions from which everything was taken are removed where that is wanted.</summary>
    internal static List<WaitingBatch> Of(PoolFolder pool, bool removesEmpty)
    {
        var found = new List<WaitingBatch>();
        if (!pool.Exists)
            return found;
        foreach (var folder in Directory.GetDirectories(pool.Queue))
            if (System.IO.Path.GetFileName(folder) is not ['.', ..] and var name)
                if (!AddFrom(folder, found) && removesEmpty && name != PoolFolder.ReturnedName)
                    RemoveEmpty(folder);
        found.Sort(Compare);
        return found;
    }

    private static bool AddFrom(string folder, List<WaitingBatch> found)
    {
        var any = false;
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                any = true;
                if (BatchName.TryParse(System.IO.Path.GetFileName(path)) is { } batch)
                    found.Add(new(folder, batch));
            }
        }
        // Somebody found it empty and removed it.
        catch (DirectoryNotFoundException) { }
        return any;
    }

    // Only an empty folder can be removed this way, so that nothing is lost that comes in meanwhile.
    private static void RemoveEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: false);
        }
        catch (IOException) { }
    }

    private static int Compare(WaitingBatch a, WaitingBatch b)
    {
        if (b.Name.Priority.CompareTo(a.Name.Priority) is not 0 and var byPriority)
            return byPriority;
        if (b.IsReturned.CompareTo(a.IsReturned) is not 0 and var byReturn)
            return byReturn;
        if (string.CompareOrdinal(a.Folder, b.Folder) is not 0 and var bySubmission)
            return bySubmission;
        return (a.Name.Sequence, a.Name.Id).CompareTo((b.Name.Sequence, b.Name.Id));
    }

    private bool IsReturned => Folder.EndsWith("/" + PoolFolder.ReturnedName, StringComparison.Ordinal);
}
