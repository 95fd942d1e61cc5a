namespace Expflow.Journal;

/// <summary>All journal files of a project, read from where the last look ended.</summary>
public sealed class JournalFolder(string folder)
{
    /// <summary>What journal files end in.</summary>
    public const string Ending = ".jsonl";

    private const int MostLooks = 5;

    // 100,000 runs make 60 MB.
    private const int Piece = 4 << 20;

    private readonly Dictionary<string, long> offsets = [];

    /// <summary>How far each file has been read: name → bytes. Kept by the index between two looks.</summary>
    public IReadOnlyDictionary<string, long> Offsets => offsets;

    /// <summary>Goes on from where an earlier reader ended.</summary>
    public void ResumeFrom(IEnumerable<KeyValuePair<string, long>> known)
    {
        foreach (var (name, offset) in known)
            offsets[name] = offset;
    }

    /// <summary>Leaves a file out from now on: a writer knows what it has said itself.</summary>
    public void Skip(string writer) => offsets[writer + Ending] = long.MaxValue;

    /// <summary>True when a file that was read before is now shorter or gone: whatever was folded from it must be folded anew.</summary>
    /// <remarks>A file that is gone since it was collected is no reason: all that it said stands elsewhere.</remarks>
    public bool HasShrunk()
    {
        HashSet<string>? collected = null;
        foreach (var (name, offset) in offsets)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (file.Exists ? file.Length < offset : !(collected ??= Collected()).Contains(name))
                return true;
        }
        return false;
    }

    /// <summary>Forgets the files that are gone, once what they held has been read elsewhere; their names.</summary>
    public IReadOnlyList<string> ForgetGone()
    {
        var gone = offsets.Keys.Where(name => !File.Exists(Path.Combine(folder, name))).ToList();
        foreach (var name in gone)
            offsets.Remove(name);
        return gone;
    }

    /// <summary>All events that came since the last look, in file order; empty when the folder doesn't exist.</summary>
    public JournalNews ReadNew()
    {
        var news = new JournalNews();
        ReadNew(news);
        return news;
    }

    /// <summary>Adds what has come in since to what an earlier look has brought.</summary>
    public void ReadNew(JournalNews news)
    {
        if (!Directory.Exists(folder))
            return;
        var isWhole = false;
        for (var looks = 0; !isWhole && looks < MostLooks; looks++)
        {
            isWhole = true;
            foreach (var path in Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal))
                isWhole &= ReadIfThere(path, news);
        }
    }

    /// <summary>Adds what one writer has said; nothing when there is no file of it.</summary>
    /// <param name="writer">The file's name without its ending.</param>
    /// <param name="news">Takes it.</param>
    public void ReadNewOf(string writer, JournalNews news)
    {
        var path = Path.Combine(folder, writer + Ending);
        if (File.Exists(path))
            ReadIfThere(path, news);
    }

    // A file that goes away between the listing and its reading was collected, and the file that holds it now may not have been listed yet.
    private bool ReadIfThere(string path, JournalNews news)
    {
        try
        {
            ReadNew(path, news);
            return true;
        }
        catch (IOException) when (!File.Exists(path))
        {
            return false;
        }
    }

    private HashSet<string> Collected() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*" + CollectedFile.Ending)
                    .SelectMany(path => CollectedFile.SourcesOf(path).Keys),
            ]
            : [];

    // True when every file that went into this one has been read to its end.
    private bool IsKnown(string path) =>
        CollectedFile.SourcesOf(path) is { Count: > 0 } sources
        && sources.All(source => offsets.GetValueOrDefault(source.Key) >= source.Value);

    private void ReadNew(string path, JournalNews news)
    {
        var name = Path.GetFileName(path);
        var from = offsets.GetValueOrDefault(name);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var length = file.Length;
        if (length <= from)
            return;
        if (from == 0 && name.EndsWith(CollectedFile.Ending, StringComparison.Ordinal) && IsKnown(path))
        {
            offsets[name] = length;
            return;
        }
        file.Position = from;
        var bytes = new byte[Math.Min(Piece, length - from)];
        while (from < length)
        {
            var most = (int)Math.Min(bytes.Length, length - from);
            var read = file.ReadAtLeast(bytes.AsSpan(0, most), most, throwOnEndOfStream: false);
            var isLast = read < most || from + read == length;
            var consumed = news.Take(name, bytes.AsMemory(0, read), from, isLast);
            offsets[name] = from += consumed;
            if (isLast)
                break;
            // A line that is longer than the piece needs a larger one.
            if (consumed == 0)
                bytes = new byte[bytes.Length * 2];
            file.Position = from;
        }
    }
}
