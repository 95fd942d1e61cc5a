using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VectorQuantization.Neighbours;

/// <summary>Writes or reads numbers, little-endian, with a SHA-256 over all of them behind them.</summary>
internal sealed class ChecksummedStream(Stream stream) : IDisposable
{
    /// <summary>Bytes of the checksum.</summary>
    public const int ChecksumBytes = 32;

    // Byte counts of larger spans would not fit into an int.
    private const int ElementsAtOnce = 1 << 20;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Writes numbers.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; values.Length > 0; values = values[Math.Min(ElementsAtOnce, values.Length)..])
        {
            var bytes = MemoryMarshal.AsBytes(values[..Math.Min(ElementsAtOnce, values.Length)]);
            stream.Write(bytes);
            hash.AppendData(bytes);
        }
    }

    /// <summary>Reads numbers.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public T[] Read<T>(long count)
        where T : unmanaged
    {
        var values = new T[count];
        for (var rest = values.AsSpan(); rest.Length > 0; rest = rest[Math.Min(ElementsAtOnce, rest.Length)..])
        {
            var bytes = MemoryMarshal.AsBytes(rest[..Math.Min(ElementsAtOnce, rest.Length)]);
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
        }
        return values;
    }

    /// <summary>Writes the checksum of what was written.</summary>
    public void Finish() => stream.Write(hash.GetHashAndReset());

    /// <summary>Reads a checksum.</summary>
    /// <returns>Whether it is that of what was read.</returns>
    public bool Verify()
    {
        Span<byte> expected = stackalloc byte[ChecksumBytes];
        stream.ReadExactly(expected);
        return expected.SequenceEqual(hash.GetHashAndReset());
    }

    /// <inheritdoc />
    public void Dispose() => hash.Dispose();
}
