using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Search;

/// <summary>Sums of 8-bit look-ups over blocks of 64 codes: a table of 256 entries is four registers, and three instructions look up 64 codes.</summary>
/// <remarks>What <see cref="NibbleKernel"/> does, with AVX-512 VBMI's permutations of 128 bytes. Entries are at most 127.</remarks>
internal static unsafe class ByteKernel
{
    /// <summary>Whether this machine has the instructions.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512Vbmi.IsSupported;

    /// <summary>Finds the next block that holds a code whose sum is at most <paramref name="limit"/>.</summary>
    /// <param name="at">The first block.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="bytes">Bytes a code.</param>
    /// <param name="tables">256 entries for each byte of a code, each at most 127.</param>
    /// <param name="limit">The greatest sum that counts.</param>
    /// <param name="even">Bit i tells of code 2i of the block.</param>
    /// <param name="odd">Bit i tells of code 2i + 1.</param>
    /// <returns>The block's number from 0, or <paramref name="count"/> when there is none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int FindNear(byte* at, int count, int bytes, byte* tables, ushort limit, out uint even, out uint odd)
    {
        var most = Vector512.Create(limit);
        for (var block = 0; block < count; block++)
        {
            var both = Vector512<ushort>.Zero;
            var high = Vector512<ushort>.Zero;
            var table = tables;
            var left = bytes;
            for (; left >= 2; left -= 2, at += 2 * TransposedCodes.BlockCodes, table += 512)
            {
                var sum = (
                    LookUp(table, Vector512.Load(at))
                    + LookUp(table + 256, Vector512.Load(at + TransposedCodes.BlockCodes))
                ).AsUInt16();
                both += sum;
                high += sum >>> 8;
            }
            if (left > 0)
            {
                var sum = LookUp(table, Vector512.Load(at)).AsUInt16();
                both += sum;
                high += sum >>> 8;
                at += TransposedCodes.BlockCodes;
            }
            var near = Vector512.LessThanOrEqual(both - (high << 8), most).ExtractMostSignificantBits();
            var nearOdd = Vector512.LessThanOrEqual(high, most).ExtractMostSignificantBits();
            if ((near | nearOdd) == 0)
                continue;
            (even, odd) = ((uint)near, (uint)nearOdd);
            return block;
        }
        even = odd = 0;
        return count;
    }

    // The permutation looks at seven bits of an index; the eighth chooses between the table's halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> LookUp(byte* table, Vector512<byte> codes)
    {
        var lower = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(table), codes, Vector512.Load(table + 64));
        var upper = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(table + 128), codes, Vector512.Load(table + 192));
        return Vector512.ConditionalSelect(
            Vector512.LessThan(codes.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
            upper,
            lower
        );
    }
}
