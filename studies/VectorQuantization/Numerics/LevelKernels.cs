using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>Sums over a row of levels, one byte each, and rows of floats, without turning the levels into a row of floats first.</summary>
public static class LevelKernels
{
    /// <summary>Σ uᵢqᵢ.</summary>
    public static float Dot(ReadOnlySpan<byte> levels, ReadOnlySpan<float> query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Length, levels.Length);
        ref var u = ref MemoryMarshal.GetReference(levels);
        ref var q = ref MemoryMarshal.GetReference(query);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var i = 0;
        for (; i <= levels.Length - 32; i += 32)
        {
            sum0 = Vector512.FusedMultiplyAdd(Levels(ref u, i), Load(ref q, i), sum0);
            sum1 = Vector512.FusedMultiplyAdd(Levels(ref u, i + 16), Load(ref q, i + 16), sum1);
        }
        if (i <= levels.Length - 16)
        {
            sum0 = Vector512.FusedMultiplyAdd(Levels(ref u, i), Load(ref q, i), sum0);
            i += 16;
        }
        var total = Vector512.Sum(sum0 + sum1);
        for (; i < levels.Length; i++)
            total += levels[i] * query[i];
        return total;
    }

    /// <summary>Σ (qᵢ − low − step·uᵢ)².</summary>
    public static float SquaredDistance(ReadOnlySpan<byte> levels, ReadOnlySpan<float> query, float low, float step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Length, levels.Length);
        ref var u = ref MemoryMarshal.GetReference(levels);
        ref var q = ref MemoryMarshal.GetReference(query);
        var lows = Vector512.Create(low);
        var back = Vector512.Create(-step);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var i = 0;
        for (; i <= levels.Length - 32; i += 32)
        {
            var d0 = Vector512.FusedMultiplyAdd(Levels(ref u, i), back, Load(ref q, i) - lows);
            var d1 = Vector512.FusedMultiplyAdd(Levels(ref u, i + 16), back, Load(ref q, i + 16) - lows);
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }
        var total = Vector512.Sum(sum0 + sum1);
        for (; i < levels.Length; i++)
        {
            var d = query[i] - low - (step * levels[i]);
            total += d * d;
        }
        return total;
    }

    /// <summary>Σ (qᵢ − stepᵢ·uᵢ)².</summary>
    public static float SquaredDistance(ReadOnlySpan<byte> levels, ReadOnlySpan<float> query, ReadOnlySpan<float> steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Length, levels.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps.Length, levels.Length);
        ref var u = ref MemoryMarshal.GetReference(levels);
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var s = ref MemoryMarshal.GetReference(steps);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var i = 0;
        for (; i <= levels.Length - 32; i += 32)
        {
            var d0 = Vector512.FusedMultiplyAdd(-Levels(ref u, i), Load(ref s, i), Load(ref q, i));
            var d1 = Vector512.FusedMultiplyAdd(-Levels(ref u, i + 16), Load(ref s, i + 16), Load(ref q, i + 16));
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }
        var total = Vector512.Sum(sum0 + sum1);
        for (; i < levels.Length; i++)
        {
            var d = query[i] - (steps[i] * levels[i]);
            total += d * d;
        }
        return total;
    }

    /// <summary>Nearest of 2^b evenly spaced levels: ⌊(x − low)·scale + rounding⌋, held within 0 … <paramref name="top"/>.</summary>
    /// <param name="row">x.</param>
    /// <param name="low">Where level 0 lies, one a coordinate.</param>
    /// <param name="scale">Levels a unit, one a coordinate.</param>
    /// <param name="rounding">0.5 rounds, 0 cuts.</param>
    /// <param name="top">The highest level, at most 255.</param>
    /// <param name="levels">Overwritten.</param>
    public static void Quantise(
        ReadOnlySpan<float> row,
        ReadOnlySpan<float> low,
        ReadOnlySpan<float> scale,
        float rounding,
        float top,
        Span<byte> levels
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(low.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels.Length, row.Length);
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var l = ref MemoryMarshal.GetReference(low);
        ref var s = ref MemoryMarshal.GetReference(scale);
        ref var u = ref MemoryMarshal.GetReference(levels);
        var half = Vector512.Create(rounding);
        var highest = Vector512.Create(top);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
        {
            var t = Vector512.FusedMultiplyAdd(Load(ref x, i) - Load(ref l, i), Load(ref s, i), half);
            t = Vector512.Min(Vector512.Max(t, Vector512<float>.Zero), highest);
            Narrow(Vector512.ConvertToInt32Native(t)).StoreUnsafe(ref u, (nuint)i);
        }
        for (; i < row.Length; i++)
            levels[i] = (byte)Math.Clamp(MathF.FusedMultiplyAdd(row[i] - low[i], scale[i], rounding), 0, top);
    }

    /// <summary>The same with one place for level 0 and one scale for all coordinates.</summary>
    public static void Quantise(
        ReadOnlySpan<float> row,
        float low,
        float scale,
        float rounding,
        float top,
        Span<byte> levels
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels.Length, row.Length);
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var u = ref MemoryMarshal.GetReference(levels);
        var (lows, scales) = (Vector512.Create(low), Vector512.Create(scale));
        var (half, highest) = (Vector512.Create(rounding), Vector512.Create(top));
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
        {
            var t = Vector512.FusedMultiplyAdd(Load(ref x, i) - lows, scales, half);
            t = Vector512.Min(Vector512.Max(t, Vector512<float>.Zero), highest);
            Narrow(Vector512.ConvertToInt32Native(t)).StoreUnsafe(ref u, (nuint)i);
        }
        for (; i < row.Length; i++)
            levels[i] = (byte)Math.Clamp(MathF.FusedMultiplyAdd(row[i] - low, scale, rounding), 0, top);
    }

    /// <summary>offsetᵢ + low + step·uᵢ.</summary>
    public static void Place(
        ReadOnlySpan<byte> levels,
        float low,
        float step,
        ReadOnlySpan<float> offset,
        Span<float> row
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(offset.Length, row.Length);
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var o = ref MemoryMarshal.GetReference(offset);
        ref var u = ref MemoryMarshal.GetReference(levels);
        var (lows, steps) = (Vector512.Create(low), Vector512.Create(step));
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            (Load(ref o, i) + Vector512.FusedMultiplyAdd(Levels(ref u, i), steps, lows)).StoreUnsafe(ref x, (nuint)i);
        for (; i < row.Length; i++)
            row[i] = offset[i] + MathF.FusedMultiplyAdd(levels[i], step, low);
    }

    /// <summary>lowᵢ + stepᵢ·uᵢ.</summary>
    public static void Place(
        ReadOnlySpan<byte> levels,
        ReadOnlySpan<float> low,
        ReadOnlySpan<float> step,
        Span<float> row
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(low.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Length, row.Length);
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var l = ref MemoryMarshal.GetReference(low);
        ref var s = ref MemoryMarshal.GetReference(step);
        ref var u = ref MemoryMarshal.GetReference(levels);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            Vector512.FusedMultiplyAdd(Levels(ref u, i), Load(ref s, i), Load(ref l, i)).StoreUnsafe(ref x, (nuint)i);
        for (; i < row.Length; i++)
            row[i] = MathF.FusedMultiplyAdd(levels[i], step[i], low[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Levels(ref byte first, int index) =>
        ToFloats(Vector128.LoadUnsafe(ref first, (nuint)index));

    /// <summary>16 levels as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ToFloats(Vector128<byte> bytes)
    {
        if (Avx512F.IsSupported)
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes));
        if (Avx2.IsSupported)
            return Vector512.Create(
                Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes)),
                Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(Sse2.ShiftRightLogical128BitLane(bytes, 8)))
            );
        var (low, high) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)));
        return Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32());
    }

    /// <summary>16 whole numbers below 256 as bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<byte> Narrow(Vector512<int> values)
    {
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector128Byte(values);
        var shorts = Vector256.Narrow(values.GetLower(), values.GetUpper());
        return Vector128.Narrow(shorts.GetLower().AsUInt16(), shorts.GetUpper().AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref float first, int index) => Vector512.LoadUnsafe(ref first, (nuint)index);
}
