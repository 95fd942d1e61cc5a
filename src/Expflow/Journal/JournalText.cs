using System.Buffers;
using System.Text;

namespace Expflow.Journal;

/// <summary>Events as text, for places that keep single ones: the index stores the lines of a run's latest attempt.</summary>
public static class JournalText
{
    /// <summary>The event as its journal line, without the line's end.</summary>
    public static string Write(JournalEvent happened)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        JournalLine.Write(buffer, happened);
        return Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything that is no event of a known kind.</summary>
    public static JournalEvent? Read(string line) =>
        JournalLineReader.Read(Encoding.UTF8.GetBytes(line)) is JournalLineReader.Line.Event found
            ? found.Happened
            : null;
}
