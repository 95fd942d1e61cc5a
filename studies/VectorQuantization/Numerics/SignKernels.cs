using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>Sums over a row of bits, the first in the lowest place, that stand for +1 and −1.</summary>
public static class SignKernels
{
    /// <summary>Σ ±qᵢ, plus where bit i is set.</summary>
    /// <param name="bits">At least ⌈length of <paramref name="query"/> / 8⌉ bytes.</param>
    /// <param name="query">q; its length is a multiple of 16, filled up with zeros.</param>
    public static float Sum(ReadOnlySpan<byte> bits, ReadOnlySpan<float> query)
    {
        ref var q = ref MemoryMarshal.GetReference(query);
        // Shifted left by so many places, a lane's own bit stands where a float has its sign.
        var places = Vector512.Create(31u, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16);
        var sign = Vector512.Create(0x80000000u);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var i = 0;
        for (; i + 32 <= query.Length && (i / 8) + 4 <= bits.Length; i += 32)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bits[(i / 8)..]);
            var low = Shifted(word, places) & sign;
            var high = Shifted(word >> 16, places) & sign;
            sum0 += (Vector512.LoadUnsafe(ref q, (nuint)i).AsUInt32() ^ low).AsSingle();
            sum1 += (Vector512.LoadUnsafe(ref q, (nuint)i + 16).AsUInt32() ^ high).AsSingle();
        }
        for (; i < query.Length; i += 16)
        {
            var word = bits[i / 8] | ((i / 8) + 1 < bits.Length ? (uint)bits[(i / 8) + 1] << 8 : 0);
            var flips = Shifted(word, places) & sign;
            sum0 += (Vector512.LoadUnsafe(ref q, (nuint)i).AsUInt32() ^ flips).AsSingle();
        }
        return -Vector512.Sum(sum0 + sum1);
    }

    /// <summary>Σ 2ʲ·(number of bits set both in <paramref name="bits"/> and in plane j), and the number of bits set.</summary>
    /// <param name="bits">A row of bits.</param>
    /// <param name="planes">Planes of as many 64-bit words as it takes to hold <paramref name="bits"/>, the lowest first.</param>
    /// <param name="words">Words a plane.</param>
    public static (int Weighted, int Set) Count(ReadOnlySpan<byte> bits, ReadOnlySpan<ulong> planes, int words)
    {
        var set = 0;
        var weighted = 0;
        for (var at = 0; at < words; at++)
        {
            var word = WordOf(bits, at);
            set += BitOperations.PopCount(word);
            for (int plane = 0, j = at; j < planes.Length; plane++, j += words)
                weighted += BitOperations.PopCount(word & planes[j]) << plane;
        }
        return (weighted, set);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Shifted(uint word, Vector512<uint> places)
    {
        var words = Vector512.Create(word);
        if (Avx512F.IsSupported)
            return Avx512F.ShiftLeftLogicalVariable(words, places);
        if (Avx2.IsSupported)
            return Vector512.Create(
                Avx2.ShiftLeftLogicalVariable(words.GetLower(), places.GetLower()),
                Avx2.ShiftLeftLogicalVariable(words.GetUpper(), places.GetUpper())
            );
        return words
            * Vector512.Create(
                1u << 31,
                1u << 30,
                1u << 29,
                1u << 28,
                1u << 27,
                1u << 26,
                1u << 25,
                1u << 24,
                1u << 23,
                1u << 22,
                1u << 21,
                1u << 20,
                1u << 19,
                1u << 18,
                1u << 17,
                1u << 16
            );
    }

    private static ulong WordOf(ReadOnlySpan<byte> bits, int at)
    {
        var rest = bits[(8 * at)..];
        if (rest.Length >= 8)
            return BinaryPrimitives.ReadUInt64LittleEndian(rest);
        ulong word = 0;
        for (var i = 0; i < rest.Length; i++)
            word |= (ulong)rest[i] << (8 * i);
        return word;
    }
}
