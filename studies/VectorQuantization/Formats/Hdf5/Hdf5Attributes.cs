using System.Text;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>Attributes that are texts.</summary>
internal static class Hdf5Attributes
{
    public static string? Text(ByteRegion bytes, List<Hdf5Message> header, string name)
    {
        foreach (var message in header.Where(message => message.Type == Hdf5Message.Attribute))
        {
            if (Read(bytes, message, name) is { } text)
                return text;
        }
        return null;
    }

    private static string? Read(ByteRegion bytes, Hdf5Message message, string name)
    {
        var start = bytes.Span(message.Offset, 8);
        var version = start[0];
        int Size(int at) => (int)Hdf5Bytes.Unsigned(bytes.Span(message.Offset + at, 2));
        // Version 1 pads each part to 8 bytes; version 3 has a byte more at its head.
        int Padded(int length) => version == 1 ? (length + 7) / 8 * 8 : length;
        var nameAt = message.Offset + (version == 3 ? 9 : 8);
        if (!bytes.Span(nameAt, Size(2)).TrimEnd((byte)0).SequenceEqual(Encoding.UTF8.GetBytes(name)))
            return null;
        var typeAt = nameAt + Padded(Size(2));
        var valueAt = typeAt + Padded(Size(4)) + Padded(Size(6));
        var type = Hdf5Type.Read(bytes, typeAt);
        return type.Class switch
        {
            Hdf5Type.FixedText => Encoding.UTF8.GetString(
                bytes.Span(valueAt, type.Bytes).TrimEnd((ReadOnlySpan<byte>)[0, 32])
            ),
            Hdf5Type.Variable => InHeap(bytes, bytes.Int64(valueAt + 4), bytes.Int32(valueAt + 12)),
            _ => null,
        };
    }

    private static string? InHeap(ByteRegion bytes, long heap, int index)
    {
        Hdf5Damage.Require(bytes.Span(heap, 4).SequenceEqual("GCOL"u8), "a text is not where it should be");
        var end = heap + bytes.Int64(heap + 8);
        for (var at = heap + 16; at + 16 <= end; )
        {
            var found = (int)Hdf5Bytes.Unsigned(bytes.Span(at, 2));
            var length = Hdf5Bytes.Unsigned(bytes.Span(at + 8, 8));
            if (found == index)
                return Encoding.UTF8.GetString(bytes.Span(at + 16, checked((int)length)));
            if (found == 0)
                return null;
            at += 16 + ((length + 7) / 8 * 8);
        }
        return null;
    }
}
