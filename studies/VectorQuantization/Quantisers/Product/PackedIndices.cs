namespace VectorQuantization.Quantisers.Product;

/// <summary>Indices of 1 to 16 bits as a stream of bits: the first index takes the lowest bits of the first byte.</summary>
/// <remarks>The same layout as FAISS's codes of product quantisers: 4-bit indices have the first one in the low half.</remarks>
public static class PackedIndices
{
    /// <summary>Bytes that <paramref name="count"/> indices take.</summary>
    public static int Bytes(int count, int bits) => ((count * bits) + 7) / 8;

    /// <summary>Writes indices.</summary>
    /// <param name="indices">Below 2^<paramref name="bits"/>.</param>
    /// <param name="bits">Of each.</param>
    /// <param name="packed">Overwritten; bits that are left in the last byte are zero.</param>
    public static void Pack(ReadOnlySpan<ushort> indices, int bits, Span<byte> packed)
    {
        if (bits == 8)
        {
            for (var i = 0; i < indices.Length; i++)
                packed[i] = (byte)indices[i];
            return;
        }
        uint waiting = 0;
        var held = 0;
        var at = 0;
        foreach (var index in indices)
        {
            waiting |= (uint)index << held;
            for (held += bits; held >= 8; held -= 8, waiting >>= 8)
                packed[at++] = (byte)waiting;
        }
        if (held > 0)
            packed[at] = (byte)waiting;
    }

    /// <summary>Reads as many indices as there is room for.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<ushort> indices)
    {
        if (bits == 8)
        {
            for (var i = 0; i < indices.Length; i++)
                indices[i] = packed[i];
            return;
        }
        uint waiting = 0;
        var held = 0;
        var at = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            for (; held < bits; held += 8)
                waiting |= (uint)packed[at++] << held;
            indices[i] = (ushort)(waiting & ((1u << bits) - 1));
            waiting >>= bits;
            held -= bits;
        }
    }
}
