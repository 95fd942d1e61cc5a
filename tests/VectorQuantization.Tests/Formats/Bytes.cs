using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace VectorQuantization.Tests.Formats;

/// <summary>Little-endian bytes, and the beginnings of files.</summary>
internal static class Bytes
{
    public static byte[] Of<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>As numpy 1.24 writes it: magic, version 1.0, a header padded with blanks to a multiple of 64.</summary>
    public static byte[] Npy(string descr, string shape, bool fortran = false, byte version = 1)
    {
        var prefix = version == 1 ? 10 : 12;
        var dictionary =
            $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}";
        var length = (((prefix + dictionary.Length + 1) + 63) / 64 * 64) - prefix;
        var text = Encoding.ASCII.GetBytes(dictionary.PadRight(length - 1) + "\n");
        byte[] start = [0x93, .. "NUMPY"u8, version, 0];
        return [.. start, .. version == 1 ? Of((ushort)length) : Of((uint)length), .. text];
    }

    public static byte[] Gzip(params byte[][] parts)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            foreach (var part in parts)
                stream.Write(part);
        }
        return packed.ToArray();
    }
}
