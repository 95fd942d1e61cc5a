using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VectorQuantization.Numerics;

namespace VectorQuantization.Vectors;

/// <summary>Tells whether two sets hold the same rows, whatever files they lie in.</summary>
/// <remarks>
/// Rows are hashed as little-endian single-precision floats. A set's fingerprint is the SHA-256 of its number of rows, its
/// dimension and the hashes of its blocks of <see cref="BlockRows"/> rows, cut to 128 bits: so that threads share the work, and
/// shards of a set that know nothing of each other can be put together to the fingerprint of the whole.
/// Rows count as they are stored: bringing them to length 1 changes nothing.
/// </remarks>
public static class Fingerprint
{
    /// <summary>Rows that are hashed together.</summary>
    public const int BlockRows = 1024;

    /// <summary>Bytes of one block's hash.</summary>
    public const int BlockBytes = 16;

    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(VectorSet set, int threads, CancellationToken stop = default) =>
        OfBlocks(set.Count, set.Dimension, Blocks(set, 0, set.Count, threads, stop));

    /// <summary>The fingerprint of a set of which only the hashes of its blocks are known.</summary>
    /// <param name="count">Rows.</param>
    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="blocks">From <see cref="Blocks"/>, for all rows.</param>
    public static string OfBlocks(long count, int dimension, ReadOnlySpan<byte> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> shape = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(shape, count);
        BinaryPrimitives.WriteInt64LittleEndian(shape[8..], dimension);
        hash.AppendData(shape);
        hash.AppendData(blocks);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>The hash of each block, one after the other.</summary>
    /// <param name="set">The set.</param>
    /// <param name="first">A multiple of <see cref="BlockRows"/>.</param>
    /// <param name="count">Rows from there on.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="stop">Ends it early.</param>
    public static byte[] Blocks(VectorSet set, long first, long count, int threads, CancellationToken stop = default)
    {
        set = UnitVectors.Stored(set);
        var hashes = new byte[RowBlocks.Count(count, BlockRows) * BlockBytes];
        using var scratch = new ThreadLocal<float[]>(() => new float[BlockRows * set.Dimension]);
        RowBlocks.ForEach(
            count,
            BlockRows,
            threads,
            (block, start, rows) =>
                OfRows(set, first + start, rows, scratch.Value!)
                    .AsSpan(0, BlockBytes)
                    .CopyTo(hashes.AsSpan(block * BlockBytes)),
            stop
        );
        return hashes;
    }

    /// <summary>A hash of each row by itself, in 64 bits: tells which queries some are out of many.</summary>
    public static ulong[] Rows(VectorSet set)
    {
        set = UnitVectors.Stored(set);
        var hashes = new ulong[set.Count];
        var row = new float[set.Dimension];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = BinaryPrimitives.ReadUInt64LittleEndian(OfRows(set, i, 1, row));
        return hashes;
    }

    private static byte[] OfRows(VectorSet set, long first, int rows, float[] scratch)
    {
        if (!set.TryGet(first, rows, out var values))
        {
            var room = scratch.AsSpan(0, rows * set.Dimension);
            set.Read(first, room);
            values = room;
        }
        return SHA256.HashData(MemoryMarshal.AsBytes(values));
    }
}
