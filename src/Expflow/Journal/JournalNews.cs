namespace Expflow.Journal;

/// <summary>What one look at the journal brought.</summary>
public sealed class JournalNews
{
    private readonly List<JournalEvent> events = [];
    private readonly List<string> torn = [];
    private readonly List<string> damaged = [];
    private readonly List<string> newer = [];

    /// <summary>The events, file by file.</summary>
    public IReadOnlyList<JournalEvent> Events => events;

    /// <summary>Files whose last line has no end yet: a crash, or a writer in mid-line. The line is left for the next look.</summary>
    public IReadOnlyList<string> Torn => torn;

    /// <summary><c>file: byte N</c> of each line that is no event of any version.</summary>
    public IReadOnlyList<string> Damaged => damaged;

    /// <summary>Files that a newer version of Expflow wrote.</summary>
    public IReadOnlyList<string> Newer => newer;

    /// <summary>How many events were of a kind that this version doesn't know. They stay in the file.</summary>
    public int UnknownKinds { get; private set; }

    /// <summary>Takes the whole lines of a piece of a file; returns how many bytes they were.</summary>
    internal int Take(string name, ReadOnlyMemory<byte> bytes, long offset)
    {
        var consumed = 0;
        while (bytes[consumed..].Span.IndexOf((byte)'\n') is var length && length >= 0)
        {
            if (length > 0)
                Take(name, JournalLineReader.Read(bytes.Slice(consumed, length)), offset + consumed);
            consumed += length + 1;
        }
        if (consumed < bytes.Length)
            torn.Add(name);
        return consumed;
    }

    private void Take(string name, JournalLineReader.Line line, long at)
    {
        switch (line)
        {
            case JournalLineReader.Line.Event { Happened: var happened }:
                events.Add(happened);
                break;
            case JournalLineReader.Line.Header { Version: > JournalLine.Version }:
                newer.Add(name);
                break;
            case JournalLineReader.Line.UnknownKind:
                UnknownKinds++;
                break;
            case JournalLineReader.Line.Damaged:
                damaged.Add($"{name}: byte {at}");
                break;
        }
    }
}
