using System.Buffers;
using System.Globalization;

namespace Expflow.Journal;

/// <summary>Makes one file of the journal files of many array tasks that have ended: 10,000 tasks leave 10,000 files, and quotas count them.</summary>
/// <remarks>
/// Nothing is lost whenever it is killed: the new file is whole and on disk before the first of the old ones goes. What then stands in both is
/// folded twice, which changes nothing. A file is taken only when its last line says that its writer is done with it.
/// </remarks>
/// <param name="folder">The journal folder.</param>
/// <param name="host">This machine.</param>
/// <param name="time">The clock.</param>
public sealed class JournalCollector(string folder, string host, TimeProvider time)
{
    /// <summary>So many files of ended tasks may lie about; more are collected.</summary>
    public const int Most = 64;

    // Collected files are collected in their turn, so that their number stays small; large ones are left alone.
    private const int MostCollected = 16;
    private const long LargeFile = 4 << 20;

    private const string Tasks = "*" + JournalWriter.Task + JournalFolder.Ending;
    private const string Draft = ".draft";

    /// <summary>True when there may be something to collect: one look at the folder, no file is opened.</summary>
    public bool IsDue() => Directory.Exists(folder) && Directory.EnumerateFiles(folder, Tasks).Skip(Most).Any();

    /// <summary>Collects. The caller holds a lock, so that two don't do the same work at once; should they, nothing is lost.</summary>
    /// <returns>How many files were put into one; 0 when there were too few.</returns>
    /// <exception cref="IOException">The disk is full or the folder can't be written: everything is as it was.</exception>
    public int Collect()
    {
        foreach (var left in Directory.GetFiles(folder, "*" + CollectedFile.Ending + Draft))
            File.Delete(left);
        var ended = Directory.GetFiles(folder, Tasks).Select(ReadIfEnded).OfType<Source>().ToList();
        if (ended.Count <= Most)
            return 0;
        var collected = Directory
            .GetFiles(folder, "*" + CollectedFile.Ending)
            .Where(path => new FileInfo(path).Length < LargeFile)
            .ToList();
        if (collected.Count >= MostCollected)
            ended.AddRange(collected.Select(path => new Source(path, File.ReadAllBytes(path))));
        Write([.. ended.OrderBy(source => source.Path, StringComparer.Ordinal)]);
        foreach (var source in ended)
            File.Delete(source.Path);
        return ended.Count;
    }

    private sealed record Source(string Path, byte[] Bytes);

    private static Source? ReadIfEnded(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0 || bytes[^1] != '\n')
                return null;
            var last = bytes.AsMemory(bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1);
            return
                JournalLineReader.Read(last[..^1])
                    is JournalLineReader.Line.Event
                    {
                        Happened: JournalEvent.AgentStopped { Reason: JournalEvent.AgentStopped.TaskOver }
                    }
                ? new(path, bytes)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void Write(IReadOnlyList<Source> sources)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyyMMdd-HHmmssfff}-{Environment.ProcessId}-{Guid.NewGuid():N}{CollectedFile.Ending}"
        );
        var path = Path.Combine(folder, name);
        try
        {
            using (var file = new FileStream(path + Draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(Header(name, sources));
                foreach (var (_, bytes) in sources)
                    file.Write(bytes.AsSpan(bytes.AsSpan().IndexOf((byte)'\n') + 1));
                file.Flush(flushToDisk: true);
            }
            File.Move(path + Draft, path);
        }
        catch (IOException)
        {
            File.Delete(path + Draft);
            throw;
        }
    }

    private ReadOnlySpan<byte> Header(string name, IReadOnlyList<Source> sources)
    {
        var all = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (path, bytes) in sources)
        {
            all[Path.GetFileName(path)] = bytes.Length;
            if (path.EndsWith(CollectedFile.Ending, StringComparison.Ordinal))
                foreach (var (earlier, length) in CollectedFile.SourcesOf(path))
                    all[earlier] = length;
        }
        var buffer = new ArrayBufferWriter<byte>(4096);
        var writer = name[..^JournalFolder.Ending.Length];
        JournalLine.WriteHeader(buffer, writer, host, time.GetUtcNow(), all);
        return buffer.WrittenSpan;
    }
}
