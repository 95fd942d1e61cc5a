using Expflow.Runs;

namespace Expflow.Journal;

/// <summary>What one look at the journal brought.</summary>
public sealed class JournalNews
{
    private readonly IReadOnlySet<RunId>? wanted;
    private readonly Func<string, bool>? kinds;
    private readonly List<JournalEvent> events = [];
    private readonly List<string> torn = [];
    private readonly List<string> damaged = [];
    private readonly List<string> newer = [];

    /// <summary>News of everything.</summary>
    public JournalNews() { }

    private JournalNews(IReadOnlySet<RunId>? wanted, Func<string, bool>? kinds) =>
        (this.wanted, this.kinds) = (wanted, kinds);

    /// <summary>News of these runs alone: lines of others are passed over unread, so that a long journal costs little.</summary>
    public static JournalNews Of(IReadOnlySet<RunId> runs) => new(runs, null);

    /// <summary>News of these kinds of event alone, as journal lines name them: <c>attempt_ended</c>.</summary>
    public static JournalNews OfKinds(params IReadOnlyList<string> kinds) => new(null, kinds.Contains);

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
    internal int Take(string name, ReadOnlyMemory<byte> bytes, long offset, bool isLast = true)
    {
        var consumed = 0;
        while (bytes[consumed..].Span.IndexOf((byte)'\n') is var length && length >= 0)
        {
            if (length > 0 && IsWanted(bytes.Span.Slice(consumed, length)))
                Take(name, JournalLineReader.Read(bytes.Slice(consumed, length)), offset + consumed);
            consumed += length + 1;
        }
        if (isLast && consumed < bytes.Length)
            torn.Add(name);
        return consumed;
    }

    private bool IsWanted(ReadOnlySpan<byte> line) =>
        (wanted is null || (JournalLine.RunOf(line) is { } run && wanted.Contains(run)))
        && (kinds is null || kinds(JournalLine.KindOf(line)));

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
