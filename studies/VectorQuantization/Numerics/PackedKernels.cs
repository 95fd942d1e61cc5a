using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>The sums of <see cref="LevelKernels"/> over levels of 1 to 8 bits as <see cref="PackedBits"/> packs them.</summary>
/// <remarks>
/// Sixteen levels are two words, whose fields one instruction each spreads over the bytes of half a vector; they never go through
/// memory. Bytes after the last level may be read, and must not matter: where they would, the end is unpacked by itself.
/// </remarks>
internal static class PackedKernels
{
    private const int Group = 16;

    /// <summary>Σ uᵢqᵢ.</summary>
    /// <param name="packed">Levels, and perhaps other bytes after them.</param>
    /// <param name="bits">Bits a level.</param>
    /// <param name="count">How many levels.</param>
    /// <param name="query">q, one a level.</param>
    public static float Dot(ReadOnlySpan<byte> packed, int bits, int count, ReadOnlySpan<float> query)
    {
        if (bits == 8)
            return LevelKernels.Dot(packed[..count], query);
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var first = ref MemoryMarshal.GetReference(packed);
        var fields = PackedBits.Fields(bits);
        var whole = WholeGroups(packed.Length, bits, Math.Min(count, query.Length));
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var group = 0;
        for (; group + 1 < whole; group += 2)
        {
            var at = group * Group;
            sum0 = Vector512.FusedMultiplyAdd(Levels(ref first, group, bits, fields), Load(ref q, at), sum0);
            sum1 = Vector512.FusedMultiplyAdd(Levels(ref first, group + 1, bits, fields), Load(ref q, at + 16), sum1);
        }
        if (group < whole)
            sum0 = Vector512.FusedMultiplyAdd(Levels(ref first, group, bits, fields), Load(ref q, group * Group), sum0);
        var total = Vector512.Sum(sum0 + sum1);
        if (whole * Group == count)
            return total;
        Span<byte> rest = stackalloc byte[3 * Group];
        rest = Rest(packed, bits, count, whole, rest);
        for (var i = 0; i < rest.Length; i++)
            total += rest[i] * query[(whole * Group) + i];
        return total;
    }

    /// <summary>Σ (qᵢ − low − step·uᵢ)².</summary>
    /// <inheritdoc cref="Dot"/>
    public static float SquaredDistance(
        ReadOnlySpan<byte> packed,
        int bits,
        int count,
        ReadOnlySpan<float> query,
        float low,
        float step
    )
    {
        if (bits == 8)
            return LevelKernels.SquaredDistance(packed[..count], query, low, step);
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var first = ref MemoryMarshal.GetReference(packed);
        var fields = PackedBits.Fields(bits);
        var whole = WholeGroups(packed.Length, bits, Math.Min(count, query.Length));
        var lows = Vector512.Create(low);
        var back = Vector512.Create(-step);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var group = 0;
        for (; group + 1 < whole; group += 2)
        {
            var at = group * Group;
            var d0 = Vector512.FusedMultiplyAdd(Levels(ref first, group, bits, fields), back, Load(ref q, at) - lows);
            var d1 = Vector512.FusedMultiplyAdd(
                Levels(ref first, group + 1, bits, fields),
                back,
                Load(ref q, at + 16) - lows
            );
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }
        if (group < whole)
        {
            var d = Vector512.FusedMultiplyAdd(
                Levels(ref first, group, bits, fields),
                back,
                Load(ref q, group * Group) - lows
            );
            sum0 = Vector512.FusedMultiplyAdd(d, d, sum0);
        }
        Span<byte> rest = stackalloc byte[3 * Group];
        rest = Rest(packed, bits, count, whole, rest);
        return Vector512.Sum(sum0 + sum1) + LevelKernels.SquaredDistance(rest, query[(whole * Group)..], low, step);
    }

    /// <summary>Σ (qᵢ − stepᵢ·uᵢ)².</summary>
    /// <inheritdoc cref="Dot"/>
    public static float SquaredDistance(
        ReadOnlySpan<byte> packed,
        int bits,
        int count,
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> steps
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps.Length, query.Length);
        if (bits == 8)
            return LevelKernels.SquaredDistance(packed[..count], query, steps);
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var s = ref MemoryMarshal.GetReference(steps);
        ref var first = ref MemoryMarshal.GetReference(packed);
        var fields = PackedBits.Fields(bits);
        var whole = WholeGroups(packed.Length, bits, Math.Min(count, query.Length));
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var group = 0;
        for (; group + 1 < whole; group += 2)
        {
            var at = group * Group;
            var l0 = Levels(ref first, group, bits, fields);
            var l1 = Levels(ref first, group + 1, bits, fields);
            var d0 = Vector512.FusedMultiplyAdd(-l0, Load(ref s, at), Load(ref q, at));
            var d1 = Vector512.FusedMultiplyAdd(-l1, Load(ref s, at + 16), Load(ref q, at + 16));
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }
        if (group < whole)
        {
            var level = Levels(ref first, group, bits, fields);
            var d = Vector512.FusedMultiplyAdd(-level, Load(ref s, group * Group), Load(ref q, group * Group));
            sum0 = Vector512.FusedMultiplyAdd(d, d, sum0);
        }
        Span<byte> rest = stackalloc byte[3 * Group];
        rest = Rest(packed, bits, count, whole, rest);
        var at0 = whole * Group;
        return Vector512.Sum(sum0 + sum1) + LevelKernels.SquaredDistance(rest, query[at0..], steps[at0..]);
    }

    // Groups of sixteen that can be read as two whole words; never fewer than all but two.
    private static int WholeGroups(int bytes, int bits, int count)
    {
        var readable = bytes < bits + 8 ? 0 : ((bytes - bits - 8) / (2 * bits)) + 1;
        return Math.Min(count / Group, readable);
    }

    private static Span<byte> Rest(ReadOnlySpan<byte> packed, int bits, int count, int whole, Span<byte> room)
    {
        // Words of eight bytes for fields of one bit reach far beyond the end: the last groups of short rows are left over.
        var left = count - (whole * Group);
        var rest = left <= room.Length ? room[..left] : new byte[left];
        PackedBits.Unpack(packed[(whole * 2 * bits)..], bits, rest);
        return rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Levels(ref byte first, int group, int bits, ulong fields)
    {
        var at = group * 2 * bits;
        var low = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));
        var high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at + bits));
        var bytes = Bmi2.X64.IsSupported
            ? Vector128.Create(Bmi2.X64.ParallelBitDeposit(low, fields), Bmi2.X64.ParallelBitDeposit(high, fields))
            : Vector128.Create(PackedBits.Spread(low, bits), PackedBits.Spread(high, bits));
        return LevelKernels.ToFloats(bytes.AsByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref float first, int index) => Vector512.LoadUnsafe(ref first, (nuint)index);
}
