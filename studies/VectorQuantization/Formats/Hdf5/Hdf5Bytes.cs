namespace VectorQuantization.Formats.Hdf5;

/// <summary>Numbers of 1 to 8 bytes.</summary>
internal static class Hdf5Bytes
{
    /// <summary>The address of what is nowhere.</summary>
    public const long Undefined = -1;

    /// <summary>Little-endian; refuses what is beyond 63 bits.</summary>
    public static long Unsigned(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return checked((long)value);
    }
}
