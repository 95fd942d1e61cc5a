namespace VectorQuantization.Formats.Hdf5;

/// <summary>The header of a group or a data set: a list of messages, in blocks that may lie apart.</summary>
internal static class Hdf5Header
{
    private const int MostMessages = 100_000;

    public static List<Hdf5Message> Read(ByteRegion bytes, long address)
    {
        var messages = new List<Hdf5Message>();
        if (bytes.Span(address, 4).SequenceEqual("OHDR"u8))
            ReadSecond(bytes, address, messages);
        else
            ReadFirst(bytes, address, messages);
        return messages;
    }

    private static void ReadFirst(ByteRegion bytes, long address, List<Hdf5Message> messages)
    {
        Hdf5Damage.Require(bytes.Span(address, 1)[0] == 1, "an object's header has an unknown version");
        var blocks = new Queue<(long Offset, long Length)>();
        blocks.Enqueue((address + 16, (uint)bytes.Int32(address + 8)));
        while (blocks.TryDequeue(out var block))
        {
            var end = block.Offset + block.Length;
            for (var at = block.Offset; at + 8 <= end; )
            {
                var head = bytes.Span(at, 8);
                var message = new Hdf5Message(
                    head[0] | (head[1] << 8),
                    at + 8,
                    head[2] | (head[3] << 8),
                    (head[4] & 2) != 0
                );
                Add(bytes, message, messages, blocks, 0);
                at += 8 + message.Length;
            }
        }
    }

    private static void ReadSecond(ByteRegion bytes, long address, List<Hdf5Message> messages)
    {
        var flags = bytes.Span(address + 5, 1)[0];
        var at = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        var width = 1 << (flags & 3);
        var length = Hdf5Bytes.Unsigned(bytes.Span(at, width));
        var headBytes = (flags & 4) != 0 ? 6 : 4;
        var blocks = new Queue<(long Offset, long Length)>();
        blocks.Enqueue((at + width, length));
        while (blocks.TryDequeue(out var block))
        {
            var end = block.Offset + block.Length;
            for (at = block.Offset; at + headBytes <= end; )
            {
                var head = bytes.Span(at, headBytes);
                var message = new Hdf5Message(head[0], at + headBytes, head[1] | (head[2] << 8), (head[3] & 2) != 0);
                // a signature before and a checksum behind
                Add(bytes, message, messages, blocks, 4);
                at += headBytes + message.Length;
            }
        }
    }

    private static void Add(
        ByteRegion bytes,
        Hdf5Message message,
        List<Hdf5Message> messages,
        Queue<(long Offset, long Length)> blocks,
        int around
    )
    {
        Hdf5Damage.Require(messages.Count < MostMessages, "an object's header has no end");
        messages.Add(message);
        if (message.Type != Hdf5Message.Continuation)
            return;
        var (offset, length) = (bytes.Int64(message.Offset), bytes.Int64(message.Offset + 8));
        Hdf5Damage.Require(
            offset >= 0 && length >= 0 && offset <= bytes.Length - length,
            "an object's header goes on outside the file"
        );
        blocks.Enqueue((offset + around, length - (2 * around)));
    }
}
