using System.Buffers;
using System.Globalization;

namespace Expflow.Journal;

/// <summary>Appends events to a journal file that no other process ever writes.</summary>
/// <remarks>
/// Each event is on its way to the kernel when <c>Append</c> returns, so a killed process loses nothing that it said.
/// Safe for use from several threads.
/// </remarks>
public sealed class JournalWriter : IDisposable
{
    /// <summary>Ends the name of a file that one task of an array writes: there may be 10,000 of them, which are collected some day.</summary>
    public const string Task = "-task";

    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly FileStream file;
    private long goodLength;

    private JournalWriter(FileStream file, string name)
    {
        this.file = file;
        Name = name;
    }

    /// <summary>The file's name without its ending: time, host and process of the writer.</summary>
    public string Name { get; }

    /// <summary>Opens a new file in <paramref name="folder"/>, which must exist, and writes its first line.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written: callers turn it into a problem.</exception>
    /// <param name="folder">The journal folder.</param>
    /// <param name="host">This machine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="kind">What ends the name: <see cref="Task"/>, or nothing.</param>
    public static JournalWriter Open(string folder, string host, TimeProvider time, string kind = "")
    {
        var now = time.GetUtcNow();
        for (var turn = 0; ; turn++)
        {
            // The turn parts two writers of one process within one second.
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{now:yyyyMMdd-HHmmssfff}-{SafeHost(host)}-{Environment.ProcessId}-{turn}{kind}"
            );
            var path = Path.Combine(folder, name + JournalFolder.Ending);
            if (File.Exists(path))
                continue;
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var writer = new JournalWriter(file, name);
            JournalLine.WriteHeader(writer.buffer, name, host, now);
            writer.Flush();
            return writer;
        }
    }

    /// <summary>Writes one event.</summary>
    /// <exception cref="IOException">Nothing of it stands in the file, and a later try can succeed.</exception>
    public void Append(JournalEvent happened)
    {
        lock (gate)
        {
            JournalLine.Write(buffer, happened);
            Flush();
        }
    }

    /// <summary>Writes many events at once: all of them, or none.</summary>
    /// <exception cref="IOException">The same as for one.</exception>
    public void Append(IEnumerable<JournalEvent> happened)
    {
        lock (gate)
        {
            foreach (var one in happened)
                JournalLine.Write(buffer, one);
            Flush();
        }
    }

    /// <summary>Returns when what was written is on disk, and would outlive a power cut.</summary>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public void Settle()
    {
        lock (gate)
            file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Flush()
    {
        try
        {
            file.Write(buffer.WrittenSpan);
            goodLength += buffer.WrittenCount;
        }
        catch (IOException)
        {
            // A full disk can leave half a line, which would spoil the next one.
            file.SetLength(goodLength);
            file.Position = goodLength;
            throw;
        }
        finally
        {
            buffer.ResetWrittenCount();
        }
    }

    private static string SafeHost(string host) =>
        string.Concat(host.Split('.')[0].Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
