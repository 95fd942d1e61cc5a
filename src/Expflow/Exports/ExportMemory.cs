using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Expflow.Exports;

/// <summary>Remembers in the cache folder what the last export to a path was made of, and what it left there. A cache: it may be deleted at any time.</summary>
internal sealed class ExportMemory
{
    private readonly string file;
    private readonly string inputs;

    /// <summary>Takes a look at a request's inputs: paths, sizes and times of change, no content.</summary>
    public ExportMemory(ExportRequest request, string cacheFolder)
    {
        file = Path.Combine(
            cacheFolder,
            "exports",
            Hash(writer => writer.Write($"{Path.GetFullPath(request.Path)}\n{request.Format}"))[..16] + ".txt"
        );
        inputs = Hash(writer => Describe(request, writer));
    }

    /// <summary>The files of the last export, when it was made of the same inputs and its files are as it left them; else null.</summary>
    public IReadOnlyList<ExportedFile>? Recall()
    {
        try
        {
            var lines = File.ReadAllLines(file);
            if (lines.Length < 2 || lines[0] != inputs)
                return null;
            var files = lines[1..].Select(Read).OfType<ExportedFile>().ToArray();
            return files.Length == lines.Length - 1 ? files : null;
        }
        // No memory, or none that can be read, is the same as a first export.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Remembers an export that has just been made.</summary>
    public void Keep(IReadOnlyList<ExportedFile> files)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var next = $"{file}.{Environment.ProcessId}.tmp";
            File.WriteAllLines(
                next,
                [inputs, .. files.Select(made => $"{made.Sha256}\t{made.Rows}\t{Stamp(made.Path)}\t{made.Path}")]
            );
            File.Move(next, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Forgotten: the next export writes again, which is right and only slower.
        }
    }

    private static ExportedFile? Read(string line)
    {
        var parts = line.Split('\t', 5);
        if (parts.Length < 5 || Stamp(parts[4]) != $"{parts[2]}\t{parts[3]}")
            return null;
        var rows = long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : (long?)null;
        return new ExportedFile(parts[4], rows, new FileInfo(parts[4]).Length, parts[0]);
    }

    private static void Describe(ExportRequest request, StreamWriter writer)
    {
        writer.Write($"{request.Version}\n{request.Experiment}\n{request.Format}\n");
        foreach (var column in request.Runs.Columns)
            writer.Write($"{column.Name}\u001f{column.Type}\u001f{column.Unit}\u001f{column.Meaning}\n");
        writer.Flush();
        TableText.WriteJsonLines(request.Runs, writer.BaseStream);
        foreach (var run in request.Metrics ?? [])
        {
            writer.Write($"{run.RunId}\n");
            foreach (var attempt in run.Attempts)
            foreach (var source in attempt.Sources)
                writer.Write(
                    $"{attempt.Attempt}\t{source.Path}\t{source.Format}\t{source.Start}\t{source.Length}\t{Stamp(source.Path)}\n"
                );
        }
        writer.Write(request.Metrics is null ? "runs only" : "runs and metrics");
    }

    private static string Stamp(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? $"{info.Length}\t{info.LastWriteTimeUtc.Ticks}" : "-\t-";
    }

    private static string Hash(Action<StreamWriter> write)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false)))
            write(writer);
        return Convert.ToHexStringLower(hash.Hash!);
    }
}
