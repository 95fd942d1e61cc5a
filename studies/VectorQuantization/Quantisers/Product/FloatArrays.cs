using System.Runtime.InteropServices;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Arrays of floats in a quantiser's file: little-endian, one after the other, without their length.</summary>
internal static class FloatArrays
{
    /// <summary>Writes.</summary>
    public static void Write(BinaryWriter to, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            to.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        foreach (var value in values)
            to.Write(value);
    }

    /// <summary>Reads.</summary>
    /// <exception cref="EndOfStreamException">The file was cut off.</exception>
    public static float[] Read(BinaryReader from, int count)
    {
        var values = new float[count];
        if (BitConverter.IsLittleEndian)
        {
            from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
        foreach (ref var value in values.AsSpan())
            value = from.ReadSingle();
        return values;
    }
}
