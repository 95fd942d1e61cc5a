using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>A file in a zip archive.</summary>
/// <param name="Name">Without .npy.</param>
/// <param name="Header">Where its own header stands.</param>
/// <param name="Method">0 as it is, 8 deflated.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Length">Bytes of the file.</param>
internal sealed record NpzMember(string Name, long Header, int Method, long Packed, long Length);

/// <summary>Several .npy files in one zip archive (.npz). Members that are not packed are mapped, others unpacked into memory.</summary>
/// <remarks>Source: PKWARE APPNOTE 6.3, with zip64; NumPy writes both kinds: savez and savez_compressed.</remarks>
internal static class NpzFormat
{
    private const int EndBytes = 22;
    private const int MostComment = ushort.MaxValue;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;
    private const uint Elsewhere = uint.MaxValue;

    public static bool Is(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8);

    public static IReadOnlyList<string> Names(ByteRegion bytes, string path) =>
        [.. Members(bytes, path).Select(member => member.Name)];

    public static VectorSet Open(ByteRegion bytes, string path, OpenSettings settings)
    {
        var members = Members(bytes, path);
        var name = ElementChoice.Pick(path, [.. members.Select(member => member.Name)], settings, "members");
        var origin = $"{path}:{name}";
        var array = Contents(bytes, members.Find(member => member.Name == name)!, origin, settings);
        try
        {
            return new FixedVectors(origin, array, NpyFormat.Layout(array, origin));
        }
        catch
        {
            array.Dispose();
            throw;
        }
    }

    private static ByteRegion Contents(ByteRegion bytes, NpzMember member, string origin, OpenSettings settings)
    {
        var local = bytes.Span(member.Header, LocalBytes);
        var start =
            member.Header
            + LocalBytes
            + BinaryPrimitives.ReadUInt16LittleEndian(local[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        if (member.Packed > bytes.Length - start)
            throw Damaged(origin);
        if (member.Method == 0)
            return bytes.Part(start, member.Length);
        if (member.Method != 8)
            throw new BadInputException(
                $"'{origin}' is packed by method {member.Method} of zip; np.savez and np.savez_compressed make what is read."
            );
        if (member.Length > settings.UnpackAtMost)
            throw new BadInputException(
                $"'{origin}' unpacks to {ByteText.Of(member.Length)}, more than the {ByteText.Of(settings.UnpackAtMost)} that are "
                    + "unpacked into memory. Write it by np.savez or np.save: then it is mapped and takes no memory."
            );
        using var stream = new DeflateStream(bytes.Stream(start, member.Packed), CompressionMode.Decompress);
        var unpacked = Unpacking.Exactly(stream, member.Length, origin);
        bytes.Dispose();
        return unpacked;
    }

    private static List<NpzMember> Members(ByteRegion bytes, string path)
    {
        try
        {
            var (at, count) = Directory(bytes, path);
            var members = new List<NpzMember>();
            for (long i = 0; i < count; i++)
            {
                var entry = bytes.Span(at, EntryBytes);
                if (!entry.StartsWith("PK\x01\x02"u8))
                    throw Damaged(path);
                var nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
                var extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]);
                var name = Encoding.UTF8.GetString(bytes.Span(at + EntryBytes, nameBytes));
                if (name.EndsWith(".npy", StringComparison.Ordinal))
                    members.Add(Member(name[..^4], entry, bytes.Span(at + EntryBytes + nameBytes, extraBytes)));
                at += EntryBytes + nameBytes + extraBytes + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
            }
            return members;
        }
        catch (ArgumentOutOfRangeException cause)
        {
            throw new BadInputException(Damaged(path).Message, cause);
        }
    }

    private static NpzMember Member(string name, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
        while (extra.Length >= 4)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            var field = extra.Slice(4, size);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                length = Wide(length, ref field);
                packed = Wide(packed, ref field);
                header = Wide(header, ref field);
            }
            extra = extra[(4 + size)..];
        }
        return new NpzMember(name, header, BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]), packed, length);
    }

    // Only numbers that don't fit their 32 bits stand in the extra field, one after the other.
    private static long Wide(long narrow, ref ReadOnlySpan<byte> field)
    {
        if (narrow != Elsewhere)
            return narrow;
        var wide = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[sizeof(long)..];
        return wide;
    }

    private static (long Offset, long Count) Directory(ByteRegion bytes, string path)
    {
        var tail = (int)Math.Min(bytes.Length, EndBytes + MostComment);
        var found = bytes.Span(bytes.Length - tail, tail).LastIndexOf("PK\x05\x06"u8);
        if (found < 0)
            throw new BadInputException(
                $"'{path}' has no list of its members at its end: it was cut off, or is no .npz file."
            );
        var end = bytes.Length - tail + found;
        var last = bytes.Span(end, EndBytes);
        long count = BinaryPrimitives.ReadUInt16LittleEndian(last[10..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(last[16..]);
        if (count != ushort.MaxValue && offset != Elsewhere)
            return (offset, count);
        var wide = bytes.Int64(end - 20 + 8);
        return (bytes.Int64(wide + 48), bytes.Int64(wide + 32));
    }

    private static BadInputException Damaged(string path) =>
        new($"'{path}' is damaged or was cut off: its list of members does not go with what is there.");
}
