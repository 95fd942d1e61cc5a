using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Opens files of vectors of every format that is known.</summary>
public static class VectorFile
{
    /// <summary>The first bytes that tell a format.</summary>
    private const int StartBytes = 16;

    /// <summary>
    /// Opens a file by its extension, or by its first bytes where that says nothing. Files are mapped; nothing is read but headers,
    /// and of text the ends of lines.
    /// </summary>
    /// <param name="path">A file or a folder of shards; behind a colon, which part of it: <c>file.npz:vectors</c>.</param>
    /// <param name="settings">What of it; null: all.</param>
    /// <exception cref="BadInputException">It is missing, damaged, or of an unknown format.</exception>
    public static VectorSet Open(string path, OpenSettings? settings = null)
    {
        settings ??= new OpenSettings();
        var (file, element) = VectorPath.Of(path);
        settings = settings with { Element = settings.Element ?? element };
        var whole = Directory.Exists(file) ? ShardFolder.Open(file, settings) : OpenFile(file, settings);
        return settings.Limit is { } limit && limit < whole.Count ? new FirstRows(whole, limit) : whole;
    }

    /// <summary>Names of the tables in an HDF5, npz or Parquet file; empty for files that hold one table without a name.</summary>
    /// <exception cref="BadInputException">It is missing, damaged, or of an unknown format.</exception>
    public static IReadOnlyList<string> Elements(string path)
    {
        var file = VectorPath.Of(path).File;
        if (Directory.Exists(file))
            return [];
        using var bytes = ByteRegion.Map(file);
        return Gunzip.Is(bytes.Start(2)) ? [] : FormatOf(bytes, file).Elements?.Invoke(bytes, file) ?? [];
    }

    /// <summary>What the format is called: <c>fvecs</c>, <c>npy.gz</c>, <c>folder of npy</c>.</summary>
    /// <exception cref="BadInputException">It is missing, or of an unknown format.</exception>
    public static string FormatName(string path)
    {
        var file = VectorPath.Of(path).File;
        if (Directory.Exists(file))
            return $"folder of {FileFormats.ByName(ShardFolder.Files(file)[0])!.Name}";
        using var bytes = ByteRegion.Map(file);
        return Gunzip.Is(bytes.Start(2)) ? $"{FileFormats.ByName(file)?.Name ?? "idx"}.gz" : FormatOf(bytes, file).Name;
    }

    internal static VectorSet OpenFile(string path, OpenSettings settings)
    {
        var bytes = ByteRegion.Map(path);
        try
        {
            if (Gunzip.Is(bytes.Start(2)))
            {
                bytes.Dispose();
                bytes = Gunzip.Unpack(path, settings.UnpackAtMost);
            }
            return FormatOf(bytes, path).Open(bytes, path, settings);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static FileFormat FormatOf(ByteRegion bytes, string path) =>
        FileFormats.ByName(path)
        ?? FileFormats.ByContent(bytes.Start(StartBytes))
        ?? throw UnknownFormat.Of(path, bytes.Length);
}
