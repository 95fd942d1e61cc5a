using System.Runtime.InteropServices;
using VectorQuantization.Files;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;

namespace VectorQuantization.Search;

/// <summary>Inverted lists in a file, with the centroids and the quantiser that filled them.</summary>
/// <remarks>
/// A <see cref="SealedFile"/>, little-endian. Contents: the centroids (float32, row-major); where each list ends (int64); the ids
/// (int32) and then the codes, list after list; what <see cref="Quantiser.Write"/> writes.
/// </remarks>
public static class InvertedFile
{
    private const string Magic = "VQLISTS1";

    /// <summary>Writes an index; a kill at any moment leaves the file that was there before, or the new one.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="index">What to save.</param>
    /// <param name="label">The name of the quantiser's settings that people read.</param>
    /// <exception cref="BadInputException">The file can't be written.</exception>
    public static void Save(string path, InvertedLists index, string label) =>
        SealedFile.Write(
            path,
            Magic,
            header =>
            {
                header.WriteString("method", index.Quantiser.Fine.Method);
                header.WriteString("label", label);
                header.WriteString("metric", index.Metric.ToString());
                header.WriteBoolean("residual", index.Quantiser.Residual);
                header.WriteNumber("dimension", index.Dimension);
                header.WriteNumber("lists", index.Quantiser.Centroids.Count);
                header.WriteNumber("probes", index.Probes);
                header.WriteNumber("count", index.Count);
                header.WriteNumber("code_bytes", index.Codes.CodeBytes);
            },
            contents =>
            {
                WriteAll(contents, index.Quantiser.Centroids.Values);
                WriteAll(contents, index.Starts[1..]);
                WriteAll(contents, index.Ids);
                index.Codes.Write(contents);
                QuantiserFile.Write(contents, index.Quantiser.Fine);
            }
        );

    /// <summary>Reads an index of a method of the catalogue.</summary>
    /// <exception cref="BadInputException">The file is not there, something else, damaged, or of a method that isn't known.</exception>
    public static InvertedLists Load(string path) => Load(path, QuantiserCatalogue.Find);

    /// <summary>Reads an index.</summary>
    /// <param name="path">The file.</param>
    /// <param name="find">The method of a name, or null.</param>
    /// <exception cref="BadInputException">The file is not there, something else, damaged, or of a method that isn't known.</exception>
    public static InvertedLists Load(string path, Func<string, QuantiserMethod?> find)
    {
        using var file = SealedFile.Open(path, Magic, "file of inverted lists");
        var dimension = (int)file.Number("dimension");
        var centroids = new float[file.Number("lists") * dimension];
        var starts = new long[file.Number("lists") + 1];
        var ids = new int[file.Number("count")];
        var codes = new CodeSet((int)file.Number("code_bytes"), ids.Length);
        ReadAll(file.Contents, centroids.AsSpan());
        ReadAll(file.Contents, starts.AsSpan(1));
        ReadAll(file.Contents, ids.AsSpan());
        codes.Read(file.Contents);
        var quantiser = new InvertedQuantiser(
            new CoarseCentroids(centroids, dimension),
            QuantiserFile.Read(file.Contents, file.Text("method"), path, find),
            file.Flag("residual")
        );
        return new InvertedLists(
            quantiser,
            Enum.Parse<Metric>(file.Text("metric")),
            (int)file.Number("probes"),
            starts,
            ids,
            codes
        );
    }

    private static void WriteAll<T>(Stream to, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // A span of bytes ends at 2 GB.
        const int atOnce = 1 << 20;
        for (; !values.IsEmpty; values = values[Math.Min(atOnce, values.Length)..])
            to.Write(MemoryMarshal.AsBytes(values[..Math.Min(atOnce, values.Length)]));
    }

    private static void ReadAll<T>(Stream from, Span<T> values)
        where T : unmanaged
    {
        const int atOnce = 1 << 20;
        for (; !values.IsEmpty; values = values[Math.Min(atOnce, values.Length)..])
            from.ReadExactly(MemoryMarshal.AsBytes(values[..Math.Min(atOnce, values.Length)]));
    }
}
