using System.Runtime.InteropServices;
using System.Text;
using VectorQuantization.Files;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Writes rows of numbers in the format that the path's extension says; a file is there whole or not at all.</summary>
public static class TableFile
{
    private static readonly string[] FloatExtensions = [".npy", ".fvecs", ".fbin"];
    private static readonly string[] IdExtensions = [".npy", ".ivecs", ".ibin"];

    /// <summary>Writes all rows of a set as floats: .npy (f4), .fvecs, .fbin.</summary>
    /// <exception cref="BadInputException">Another extension; or it can't be written.</exception>
    public static void WriteVectors(string path, VectorSet vectors) =>
        Write(path, FloatExtensions, vectors.Count, vectors.Dimension, "<f4", writer => writer.Floats(vectors));

    /// <summary>Writes floats: .npy (f4), .fvecs, .fbin.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="columns">Numbers a row.</param>
    /// <exception cref="BadInputException">Another extension; or it can't be written.</exception>
    public static void WriteFloats(string path, ReadOnlyMemory<float> values, int columns) =>
        Write(path, FloatExtensions, values.Length / columns, columns, "<f4", writer => writer.Floats(values.Span));

    /// <summary>Writes ids: .npy (i8), .ivecs and .ibin (both 32 bits).</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">Row-major.</param>
    /// <param name="columns">Ids a row.</param>
    /// <exception cref="BadInputException">Another extension; ids beyond 32 bits; or it can't be written.</exception>
    public static void WriteIds(string path, ReadOnlyMemory<long> ids, int columns)
    {
        var wide = HasExtension(path, ".npy");
        RequireExtension(path, IdExtensions);
        if (!wide && ids.Span.ContainsAnyExceptInRange(int.MinValue, int.MaxValue))
            throw new BadInputException($"'{path}': ids go beyond 32 bits, all that this format holds. Write .npy.");
        Write(
            path,
            IdExtensions,
            ids.Length / columns,
            columns,
            "<i8",
            writer =>
            {
                if (wide)
                    writer.Longs(ids.Span);
                else
                    writer.Integers(ids.Span);
            }
        );
    }

    /// <summary>The beginning of a .npy file of version 1, padded so that the values stand on a multiple of 64 bytes.</summary>
    internal static byte[] NpyStart(string type, long rows, int columns)
    {
        const int Prefix = 10;
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        var length = ((Prefix + text.Length + 1 + 63) / 64 * 64) - Prefix;
        return
        [
            .. NpyHeader.Magic,
            1,
            0,
            (byte)length,
            (byte)(length >> 8),
            .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)),
            (byte)'\n',
        ];
    }

    private static void Write(
        string path,
        string[] extensions,
        long rows,
        int columns,
        string npyType,
        Action<RowWriter> write
    )
    {
        RequireExtension(path, extensions);
        AtomicFile.Write(
            path,
            stream =>
            {
                if (HasExtension(path, ".npy"))
                    stream.Write(NpyStart(npyType, rows, columns));
                else if (path.EndsWith("bin", StringComparison.OrdinalIgnoreCase))
                    stream.Write(MemoryMarshal.AsBytes<uint>([checked((uint)rows), (uint)columns]));
                write(new RowWriter(stream, columns, path.EndsWith("vecs", StringComparison.OrdinalIgnoreCase)));
            }
        );
    }

    private static void RequireExtension(string path, string[] extensions)
    {
        if (!Array.Exists(extensions, extension => HasExtension(path, extension)))
            throw new BadInputException($"'{path}' must end in one of {string.Join(", ", extensions)} to be written.");
    }

    private static bool HasExtension(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
