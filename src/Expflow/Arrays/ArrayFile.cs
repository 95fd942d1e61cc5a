using Expflow.Manifests;
using Expflow.Runs;

namespace Expflow.Arrays;

/// <summary>Writes and reads array files: a line for the array, then a line a task. Written before its <c>sbatch</c>, and never changed.</summary>
/// <remarks>A task reads two lines of it, however many there are, so that 10,000 tasks don't each read a manifest of 10,000 runs.</remarks>
public static class ArrayFile
{
    /// <summary>The version in the first line.</summary>
    public const int Version = 1;

    private const string Ending = ".jsonl";

    /// <summary>Where the file of an array stands in the arrays folder.</summary>
    public static string PathOf(string folder, ArrayId array) => Path.Combine(folder, array + Ending);

    /// <summary>Writes the whole file, or nothing: it appears under its name when it is complete and on disk.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written: callers turn it into a problem.</exception>
    public static void Write(string folder, ArrayHeader header, IEnumerable<ArrayTask> tasks) =>
        LinesFile.Write(PathOf(folder, header.Array), json => ArrayLine.Write(json, header), tasks, ArrayLine.Write);

    /// <summary>Reads what stands in the first line; null when there is no such file, or no whole one.</summary>
    public static ArrayHeader? ReadHeader(string folder, ArrayId array)
    {
        var path = PathOf(folder, array);
        if (!File.Exists(path))
            return null;
        using var lines = new StreamReader(path);
        return lines.ReadLine() is { } first ? ArrayLine.ReadHeader(first) : null;
    }

    /// <summary>Reads one task, given the file's own path; null when the file has none of this index.</summary>
    public static (ArrayHeader Header, ArrayTask Task)? ReadTask(string path, int index)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var end = bytes.Span.IndexOf((byte)'\n');
        if (end < 0 || ArrayLine.ReadHeader(System.Text.Encoding.UTF8.GetString(bytes.Span[..end])) is not { } header)
            return null;
        foreach (var line in Lines(bytes[(end + 1)..]))
            if (ArrayLine.IndexOf(line.Span) == index)
                return (header, ArrayLine.ReadTask(line, header.Stage));
        return null;
    }

    /// <summary>Which run each task is, without its parameters; empty when there is no such file.</summary>
    public static IReadOnlyList<PlacedRun> ReadRuns(string folder, ArrayId array)
    {
        var path = PathOf(folder, array);
        if (!File.Exists(path))
            return [];
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var end = bytes.Span.IndexOf((byte)'\n');
        return end < 0 ? [] : [.. Lines(bytes[(end + 1)..]).Select(line => ArrayLine.PlaceOf(line.Span))];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> rest)
    {
        for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            yield return rest[..end];
    }
}
