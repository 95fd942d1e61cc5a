namespace VectorQuantization.Search;

/// <summary>Codes in blocks of 64: the first bytes of all of them, then their second bytes, and so on. As many bytes as before.</summary>
internal sealed class TransposedCodes
{
    /// <summary>Codes a block: the bytes of a 512-bit vector.</summary>
    public const int BlockCodes = 64;

    private readonly CodeSet blocks;

    /// <summary>These codes, transposed.</summary>
    public TransposedCodes(CodeSet codes)
    {
        CodeBytes = codes.CodeBytes;
        Count = codes.Count;
        blocks = new CodeSet(CodeBytes * BlockCodes, (Count + BlockCodes - 1) / BlockCodes);
        for (long first = 0; first < Count; first++)
        {
            var from = codes.Rows(first, 1);
            var to = blocks.Rows(first / BlockCodes, 1)[(int)(first % BlockCodes)..];
            for (var b = 0; b < from.Length; b++)
                to[b * BlockCodes] = from[b];
        }
    }

    /// <summary>Bytes a code.</summary>
    public int CodeBytes { get; }

    /// <summary>Codes; the last block may have fewer than 64, and holds zeros then.</summary>
    public long Count { get; }

    /// <summary>Bytes of all blocks.</summary>
    public long Bytes => blocks.Bytes;

    /// <summary>Blocks.</summary>
    public long Blocks => blocks.Count;

    /// <summary>How many blocks from <paramref name="first"/> on lie one after the other, and at most <paramref name="most"/>.</summary>
    public int Run(long first, long most) => blocks.Run(first, most);

    /// <summary>These blocks.</summary>
    public ReadOnlySpan<byte> Rows(long first, int count) => blocks.Rows(first, count);

    /// <summary>Copies one code of a block as it was.</summary>
    public static void CopyCode(ReadOnlySpan<byte> block, int code, Span<byte> to)
    {
        for (var b = 0; b < to.Length; b++)
            to[b] = block[(b * BlockCodes) + code];
    }
}
