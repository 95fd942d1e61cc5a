using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Search;

/// <summary>Sums of 4-bit look-ups over blocks of 64 codes: the tables stay in registers, and a shuffle looks up 64 codes at once.</summary>
/// <remarks>
/// F. André, A.-M. Kermarrec, N. Le Scouarnec, "Cache locality is not enough" (2015), which FAISS's fast scan follows. Entries
/// are at most 127, so that two look-ups are added up in eight bits before they are widened: one addition and one shift for
/// 128 look-ups are saved against widening each.
/// </remarks>
internal static unsafe class NibbleKernel
{
    /// <summary>Finds the next block that holds a code whose sum is at most <paramref name="limit"/>.</summary>
    /// <param name="blocks">The first block.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="bytes">Bytes a code.</param>
    /// <param name="tables">For each byte of a code 16 entries for its low half and 16 for its high half, each at most 127.</param>
    /// <param name="limit">The greatest sum that counts.</param>
    /// <param name="even">Bit i tells of code 2i of the block.</param>
    /// <param name="odd">Bit i tells of code 2i + 1.</param>
    /// <returns>The block's number from 0, or <paramref name="count"/> when there is none.</returns>
    public static int FindNear(
        byte* blocks,
        int count,
        int bytes,
        byte* tables,
        ushort limit,
        out uint even,
        out uint odd
    )
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
            return Wide(blocks, count, bytes, tables, limit, out even, out odd);
        if (Avx2.IsSupported)
            return Narrow(blocks, count, bytes, tables, limit, out even, out odd);
        return Plain(blocks, count, bytes, tables, limit, out even, out odd);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Wide(byte* at, int count, int bytes, byte* tables, ushort limit, out uint even, out uint odd)
    {
        var half = Vector512.Create((byte)0x0F);
        var most = Vector512.Create(limit);
        for (var block = 0; block < count; block++)
        {
            var both = Vector512<ushort>.Zero;
            var high = Vector512<ushort>.Zero;
            var table = tables;
            for (var left = bytes; left > 0; left--, at += TransposedCodes.BlockCodes, table += 32)
            {
                var codes = Vector512.Load(at);
                var low = Avx512BW.Shuffle(Avx512F.BroadcastVector128ToVector512((int*)table).AsByte(), codes & half);
                var up = Avx512BW.Shuffle(
                    Avx512F.BroadcastVector128ToVector512((int*)(table + 16)).AsByte(),
                    (codes.AsUInt16() >>> 4).AsByte() & half
                );
                // Bytes 2i stay mixed with 256 times bytes 2i + 1, which are taken off in the end.
                var sum = (low + up).AsUInt16();
                both += sum;
                high += sum >>> 8;
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Narrow(byte* at, int count, int bytes, byte* tables, ushort limit, out uint even, out uint odd)
    {
        var half = Vector256.Create((byte)0x0F);
        var most = Vector256.Create(limit);
        for (var block = 0; block < count; block++)
        {
            Vector256<ushort> both0 = default,
                both1 = default,
                high0 = default,
                high1 = default;
            var table = tables;
            for (var left = bytes; left > 0; left--, at += TransposedCodes.BlockCodes, table += 32)
            {
                var lowTable = Avx2.BroadcastVector128ToVector256(table);
                var upTable = Avx2.BroadcastVector128ToVector256(table + 16);
                var codes = Vector256.Load(at);
                var sum = (
                    Avx2.Shuffle(lowTable, codes & half)
                    + Avx2.Shuffle(upTable, (codes.AsUInt16() >>> 4).AsByte() & half)
                ).AsUInt16();
                both0 += sum;
                high0 += sum >>> 8;
                codes = Vector256.Load(at + 32);
                sum = (
                    Avx2.Shuffle(lowTable, codes & half)
                    + Avx2.Shuffle(upTable, (codes.AsUInt16() >>> 4).AsByte() & half)
                ).AsUInt16();
                both1 += sum;
                high1 += sum >>> 8;
            }
            even = AtMost(both0 - (high0 << 8), most) | (AtMost(both1 - (high1 << 8), most) << 16);
            odd = AtMost(high0, most) | (AtMost(high1, most) << 16);
            if ((even | odd) != 0)
                return block;
        }
        even = odd = 0;
        return count;
    }

    private static uint AtMost(Vector256<ushort> sums, Vector256<ushort> most) =>
        Vector256.Equals(Vector256.Min(sums, most), sums).ExtractMostSignificantBits();

    private static int Plain(byte* at, int count, int bytes, byte* tables, ushort limit, out uint even, out uint odd)
    {
        var half = Vector128.Create((byte)0x0F);
        var most = Vector128.Create(limit);
        for (var block = 0; block < count; block++, at += TransposedCodes.BlockCodes * bytes)
        {
            even = odd = 0;
            for (var quarter = 0; quarter < 4; quarter++)
            {
                var both = Vector128<ushort>.Zero;
                var high = Vector128<ushort>.Zero;
                for (var b = 0; b < bytes; b++)
                {
                    var codes = Vector128.Load(at + (b * TransposedCodes.BlockCodes) + (quarter * 16));
                    var sum = (
                        Vector128.Shuffle(Vector128.Load(tables + (b * 32)), codes & half)
                        + Vector128.Shuffle(Vector128.Load(tables + (b * 32) + 16), codes >>> 4)
                    ).AsUInt16();
                    both += sum;
                    high += sum >>> 8;
                }
                var near = Vector128.LessThanOrEqual(both - (high << 8), most).ExtractMostSignificantBits();
                even |= near << (quarter * 8);
                odd |= Vector128.LessThanOrEqual(high, most).ExtractMostSignificantBits() << (quarter * 8);
            }
            if ((even | odd) != 0)
                return block;
        }
        even = odd = 0;
        return count;
    }
}
