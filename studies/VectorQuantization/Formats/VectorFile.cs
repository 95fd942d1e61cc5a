using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Opens files of vectors of every format that is known.</summary>
public static class VectorFile
{
    /// <summary>
    /// Opens a file by its extension, or by its first bytes where that says nothing. Files are mapped; nothing is read but headers.
    /// </summary>
    /// <param name="path">A file or a folder of shards; behind a colon, which part of it: <c>file.npz:vectors</c>.</param>
    /// <param name="settings">What of it; null: all.</param>
    /// <exception cref="BadInputException">It is missing, damaged, or of an unknown format.</exception>
    public static VectorSet Open(string path, OpenSettings? settings = null)
    {
        settings ??= new OpenSettings();
        var (file, element) = VectorPath.Of(path);
        var whole = OpenWhole(file, settings with { Element = settings.Element ?? element });
        return settings.Limit is { } limit && limit < whole.Count ? new FirstRows(whole, limit) : whole;
    }

    private static FixedVectors OpenWhole(string path, OpenSettings settings)
    {
        if (Directory.Exists(path))
            throw new BadInputException($"'{path}' is a folder.");
        var bytes = ByteRegion.Map(path);
        try
        {
            return OpenMapped(bytes, path, settings);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static FixedVectors OpenMapped(ByteRegion bytes, string path, OpenSettings settings)
    {
        if (!Gunzip.Is(bytes.Start(2)))
            return OpenFixed(bytes, path, path);
        bytes.Dispose();
        var unpacked = Gunzip.Unpack(path, settings.UnpackAtMost);
        try
        {
            return OpenFixed(
                unpacked,
                path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path,
                path
            );
        }
        catch
        {
            unpacked.Dispose();
            throw;
        }
    }

    private static FixedVectors OpenFixed(ByteRegion bytes, string formatName, string path)
    {
        var format =
            FixedFormats.ByName(formatName)
            ?? FixedFormats.ByContent(bytes.Start(16))
            ?? throw UnknownFormat.Of(path, bytes.Length);
        return new FixedVectors(path, bytes, format.Layout(bytes, path));
    }
}
