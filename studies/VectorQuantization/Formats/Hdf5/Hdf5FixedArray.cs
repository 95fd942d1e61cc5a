namespace VectorQuantization.Formats.Hdf5;

/// <summary>The index of chunks that newer files have for tables that can't grow: places one after the other, in pages.</summary>
internal static class Hdf5FixedArray
{
    private const int ChecksumBytes = 4;
    private const int BlockPrefixBytes = 14;

    public static void Read(ByteRegion bytes, long header, Hdf5Chunks chunks)
    {
        Hdf5Damage.Require(bytes.Span(header, 4).SequenceEqual("FAHD"u8), "the index of the chunks is missing");
        var head = bytes.Span(header, 24);
        var (filtered, entryBytes, pageBits) = (head[5] == 1, head[6], head[7]);
        var entries = bytes.Int64(header + 8);
        var block = bytes.Int64(header + 16);
        Hdf5Damage.Require(
            entries == chunks.Count && pageBits < 31 && entryBytes >= 8,
            $"the index has {entries} chunks where the table has {chunks.Count}"
        );
        Hdf5Damage.Require(bytes.Span(block, 4).SequenceEqual("FADB"u8), "the index of the chunks is missing");
        var pageEntries = 1L << pageBits;
        var pages = entries > pageEntries ? (entries + pageEntries - 1) / pageEntries : 0;
        var at = block + BlockPrefixBytes;
        var written = at;
        if (pages > 0)
            at += ((pages + 7) / 8) + ChecksumBytes;
        for (var i = 0; i < chunks.Count; i++)
        {
            if (pages > 0 && i > 0 && i % pageEntries == 0)
                at += ChecksumBytes;
            if (pages == 0 || IsWritten(bytes, written, i / pageEntries))
                chunks[i] = Entry(bytes, at, filtered, entryBytes, chunks.ChunkBytes);
            at += entryBytes;
        }
    }

    // A bit for each page, the highest bit of a byte first.
    private static bool IsWritten(ByteRegion bytes, long bits, long page) =>
        (bytes.Span(bits + (page / 8), 1)[0] & (0x80 >> (int)(page % 8))) != 0;

    private static Hdf5Chunk Entry(ByteRegion bytes, long at, bool filtered, int entryBytes, int chunkBytes)
    {
        var address = bytes.Int64(at);
        if (!filtered)
            return new Hdf5Chunk(address, chunkBytes, 0);
        var size = Hdf5Bytes.Unsigned(bytes.Span(at + 8, entryBytes - 12));
        return new Hdf5Chunk(address, checked((int)size), bytes.Int32(at + entryBytes - 4));
    }
}
