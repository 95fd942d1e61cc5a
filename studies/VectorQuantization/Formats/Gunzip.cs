using System.Buffers.Binary;
using System.IO.Compression;
using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>Unpacks a whole file into memory.</summary>
internal static class Gunzip
{
    /// <summary>gzip's last four bytes are the unpacked length modulo 2³².</summary>
    private const int TrailerBytes = 4;

    /// <summary>Deflate can't do better: 258 bytes in two bits.</summary>
    private const long MostRatio = 1032;

    public static bool Is(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Unpacks <paramref name="path"/>.</summary>
    /// <exception cref="BadInputException">It is damaged, or larger than <paramref name="most"/> bytes.</exception>
    public static ByteRegion Unpack(string path, long most)
    {
        using var packed = File.OpenRead(path);
        var length = UnpackedLength(packed, path);
        if (length > most)
            throw new BadInputException(
                $"'{path}' unpacks to {ByteText.Of(length)}, more than the {ByteText.Of(most)} that are unpacked into memory. "
                    + "Unpack it beside itself (gunzip -k): then it is mapped and takes no memory."
            );
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        return Unpacking.Exactly(stream, length, path);
    }

    private static long UnpackedLength(FileStream packed, string path)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (packed.Length < 18)
            throw new BadInputException($"'{path}': {packed.Length} bytes are too few for a .gz file.");
        packed.Seek(-TrailerBytes, SeekOrigin.End);
        packed.ReadExactly(trailer);
        packed.Seek(0, SeekOrigin.Begin);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (length > packed.Length * MostRatio)
            throw new BadInputException(
                $"'{path}' was cut off or is damaged: {packed.Length} bytes can't unpack to the {length} that its end says."
            );
        return length;
    }
}
