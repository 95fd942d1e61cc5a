using System.IO.Compression;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>What was done to each chunk before it was written, in that order: shuffle, deflate, checksum.</summary>
internal sealed class Hdf5Filters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Checksum = 3;
    private const int ChecksumBytes = 4;

    private readonly int[] filters;

    private Hdf5Filters(int[] filters) => this.filters = filters;

    public static Hdf5Filters None { get; } = new([]);

    public bool IsNone => filters.Length == 0;

    public static Hdf5Filters Read(ByteRegion bytes, Hdf5Message message)
    {
        var start = bytes.Span(message.Offset, 2);
        var version = start[0];
        var filters = new int[start[1]];
        var at = message.Offset + (version == 1 ? 8 : 2);
        for (var i = 0; i < filters.Length; i++)
        {
            filters[i] = (int)Hdf5Bytes.Unsigned(bytes.Span(at, 2));
            Hdf5Filters.RequireKnown(filters[i]);
            // The second version leaves out the names of filters that everybody has.
            var named = version == 1 ? (int)Hdf5Bytes.Unsigned(bytes.Span(at + 2, 2)) : 0;
            at += version == 1 ? 4 : 2;
            var values = (int)Hdf5Bytes.Unsigned(bytes.Span(at + 2, 2));
            at += 4 + ((named + 7) / 8 * 8) + (4 * values);
            if (version == 1 && values % 2 == 1)
                at += 4;
        }
        return new Hdf5Filters(filters);
    }

    /// <summary>Undoes them.</summary>
    /// <param name="stored">The chunk as it lies in the file.</param>
    /// <param name="skipped">A bit for each filter that this chunk did without.</param>
    /// <param name="plain">Room for the chunk.</param>
    /// <param name="elementBytes">Bytes of one value.</param>
    public void Undo(ReadOnlySpan<byte> stored, int skipped, byte[] plain, int elementBytes)
    {
        var bytes = stored;
        for (var i = filters.Length - 1; i >= 0; i--)
        {
            if ((skipped & (1 << i)) != 0)
                continue;
            bytes = filters[i] switch
            {
                Checksum => bytes[..^ChecksumBytes],
                Deflate => Inflated(bytes, plain.Length),
                _ => Unshuffled(bytes, elementBytes),
            };
        }
        Hdf5Damage.Require(
            bytes.Length == plain.Length,
            $"a chunk has {bytes.Length} bytes where {plain.Length} are needed"
        );
        bytes.CopyTo(plain);
    }

    private static void RequireKnown(int filter)
    {
        if (filter is Deflate or Shuffle or Checksum)
            return;
        var name = filter switch
        {
            4 => "szip",
            32000 => "LZF",
            32001 => "Blosc",
            32004 => "LZ4",
            32015 => "Zstandard",
            _ => $"filter {filter}",
        };
        throw Hdf5Damage.Unknown($"compression by {name}");
    }

    private static unsafe byte[] Inflated(ReadOnlySpan<byte> bytes, int length)
    {
        var plain = new byte[length];
        fixed (byte* start = bytes)
        {
            using var packed = new UnmanagedMemoryStream(start, bytes.Length);
            using var stream = new ZLibStream(packed, CompressionMode.Decompress);
            var read = stream.ReadAtLeast(plain, length, throwOnEndOfStream: false);
            Hdf5Damage.Require(read == length, $"a chunk unpacks to {read} bytes where {length} are needed");
        }
        return plain;
    }

    private static byte[] Unshuffled(ReadOnlySpan<byte> bytes, int elementBytes)
    {
        var plain = new byte[bytes.Length];
        var count = bytes.Length / elementBytes;
        for (var part = 0; part < elementBytes; part++)
        {
            var from = bytes.Slice(part * count, count);
            for (var i = 0; i < from.Length; i++)
                plain[(i * elementBytes) + part] = from[i];
        }
        bytes[(count * elementBytes)..].CopyTo(plain.AsSpan(count * elementBytes));
        return plain;
    }
}
