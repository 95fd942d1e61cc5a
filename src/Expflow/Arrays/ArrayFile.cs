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

    /// <summary>The same, as a file of any name: of its own folder's, it is there whole or not at all, and replaces one that has the name.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written.</exception>
    public static void WriteTo(string path, ArrayHeader header, IEnumerable<ArrayTask> tasks) =>
        LinesFile.Write(path, json => ArrayLine.Write(json, header), tasks, ArrayLine.Write);

    /// <summary>Reads the whole file; null when it isn't whole.</summary>
    /// <exception cref="IOException">It isn't there, or can't be read.</exception>
    public static (ArrayHeader Header, IReadOnlyList<ArrayTask> Tasks)? ReadFrom(string path)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var end = bytes.Span.IndexOf((byte)'\n');
        if (end < 0 || ArrayLine.ReadHeader(System.Text.Encoding.UTF8.GetString(bytes.Span[..end])) is not { } header)
            return null;
        return (header, [.. Lines(bytes[(end + 1)..]).Select(line => ArrayLine.ReadTask(line, header.Stage))]);
    }

    /// <summary>Which run each task is, of a file of any name.</summary>
    /// <exception cref="IOException">It isn't there, or can't be read.</exception>
    public static IReadOnlyList<PlacedRun> ReadRunsFrom(string path)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var end = bytes.Span.IndexOf((byte)'\n');
        return end < 0 ? [] : [.. Lines(bytes[(end + 1)..]).Select(line => ArrayLine.PlaceOf(line.Span))];
    }

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
        return File.Exists(path) ? ReadRunsFrom(path) : [];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> rest)
    {
        for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            yield return rest[..end];
    }
}
