namespace Expflow.Journal;

/// <summary>All journal files of a project, read from where the last look ended.</summary>
public sealed class JournalFolder(string folder)
{
    /// <summary>What journal files end in.</summary>
    public const string Ending = ".jsonl";

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
    public bool HasShrunk()
    {
        foreach (var (name, offset) in offsets)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists || file.Length < offset)
                return true;
        }
        return false;
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
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal))
            ReadNew(path, news);
    }

    private void ReadNew(string path, JournalNews news)
    {
        var name = Path.GetFileName(path);
        var from = offsets.GetValueOrDefault(name);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var length = file.Length;
        if (length <= from)
            return;
        // A journal file of a project is megabytes, not gigabytes: 100,000 runs make 60 MB.
        var bytes = new byte[checked((int)(length - from))];
        file.Position = from;
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var consumed = news.Take(name, bytes.AsMemory(0, read), from);
        offsets[name] = from + consumed;
    }
}
