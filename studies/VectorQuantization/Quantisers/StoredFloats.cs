using System.Runtime.InteropServices;

namespace VectorQuantization.Quantisers;

/// <summary>Floats in a quantiser's file: as they lie in memory, little-endian, without a length.</summary>
internal static class StoredFloats
{
    /// <summary>Writes all of <paramref name="values"/>.</summary>
    public static void WriteFloats(this BinaryWriter to, ReadOnlySpan<float> values) =>
        to.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Reads <paramref name="count"/> floats.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static float[] ReadFloats(this BinaryReader from, int count)
    {
        var values = new float[count];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        while (bytes.Length > 0)
        {
            var got = from.Read(bytes);
            if (got == 0)
                throw new EndOfStreamException();
            bytes = bytes[got..];
        }
        return values;
    }
}
