using System.Runtime.InteropServices;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Rows of one size to a stream, little-endian.</summary>
/// <param name="to">Where they go.</param>
/// <param name="dimension">Numbers a row.</param>
/// <param name="counted">Whether each row begins with its dimension as int32 (TEXMEX).</param>
internal sealed class RowWriter(Stream to, int dimension, bool counted)
{
    private readonly byte[] buffer = new byte[(dimension * sizeof(long)) + sizeof(int)];

    public void Floats(ReadOnlySpan<float> rows)
    {
        for (var at = 0; at < rows.Length; at += dimension)
            Row(MemoryMarshal.AsBytes(rows.Slice(at, dimension)));
    }

    /// <summary>Streams all rows of a set.</summary>
    public void Floats(VectorSet vectors)
    {
        var rows = new float[Math.Max(1, (1 << 18) / dimension) * dimension];
        for (long first = 0; first < vectors.Count; first += rows.Length / dimension)
        {
            var part = rows.AsSpan(0, (int)Math.Min(rows.Length, (vectors.Count - first) * dimension));
            vectors.Read(first, part);
            Floats(part);
        }
    }

    /// <summary>Whole numbers as they are.</summary>
    public void Longs(ReadOnlySpan<long> rows)
    {
        for (var at = 0; at < rows.Length; at += dimension)
            Row(MemoryMarshal.AsBytes(rows.Slice(at, dimension)));
    }

    /// <summary>Whole numbers in 32 bits.</summary>
    /// <exception cref="OverflowException">One does not fit.</exception>
    public void Integers(ReadOnlySpan<long> rows)
    {
        var narrow = MemoryMarshal.Cast<byte, int>(buffer.AsSpan(0, dimension * sizeof(int)));
        for (var at = 0; at < rows.Length; at += dimension)
        {
            for (var i = 0; i < dimension; i++)
                narrow[i] = checked((int)rows[at + i]);
            Row(MemoryMarshal.AsBytes(narrow));
        }
    }

    private void Row(ReadOnlySpan<byte> bytes)
    {
        if (counted)
            Count();
        to.Write(bytes);
    }

    private void Count() => to.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in dimension)));
}
