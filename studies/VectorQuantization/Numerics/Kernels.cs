using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>Small sums over two rows of floats, 512 bits at a time; where the machine has less, the compiler halves the steps.</summary>
/// <remarks>
/// The order of additions depends on the vector width alone and is the same on every machine, since narrower machines emulate
/// the 16 lanes.
/// </remarks>
public static class Kernels
{
    /// <summary>Σ aᵢbᵢ.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var i = 0;
        for (; i <= a.Length - 32; i += 32)
        {
            sum0 = Vector512.FusedMultiplyAdd(Load(ref left, i), Load(ref right, i), sum0);
            sum1 = Vector512.FusedMultiplyAdd(Load(ref left, i + 16), Load(ref right, i + 16), sum1);
        }
        if (i <= a.Length - 16)
        {
            sum0 = Vector512.FusedMultiplyAdd(Load(ref left, i), Load(ref right, i), sum0);
            i += 16;
        }
        var total = Vector512.Sum(sum0 + sum1);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    /// <summary>Σ (aᵢ − bᵢ)².</summary>
    public static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var i = 0;
        for (; i <= a.Length - 32; i += 32)
        {
            var d0 = Load(ref left, i) - Load(ref right, i);
            var d1 = Load(ref left, i + 16) - Load(ref right, i + 16);
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }
        if (i <= a.Length - 16)
        {
            var d = Load(ref left, i) - Load(ref right, i);
            sum0 = Vector512.FusedMultiplyAdd(d, d, sum0);
            i += 16;
        }
        var total = Vector512.Sum(sum0 + sum1);
        for (; i < a.Length; i++)
            total += (a[i] - b[i]) * (a[i] - b[i]);
        return total;
    }

    /// <summary>row ← row · factor.</summary>
    public static void Scale(Span<float> row, float factor)
    {
        ref var to = ref MemoryMarshal.GetReference(row);
        var times = Vector512.Create(factor);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            (Load(ref to, i) * times).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            row[i] *= factor;
    }

    /// <summary>row ← row − other.</summary>
    public static void Subtract(Span<float> row, ReadOnlySpan<float> other)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(other.Length, row.Length);
        ref var to = ref MemoryMarshal.GetReference(row);
        ref var from = ref MemoryMarshal.GetReference(other);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            (Load(ref to, i) - Load(ref from, i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            row[i] -= other[i];
    }

    /// <summary>row ← row + other.</summary>
    public static void Add(Span<float> row, ReadOnlySpan<float> other)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(other.Length, row.Length);
        ref var to = ref MemoryMarshal.GetReference(row);
        ref var from = ref MemoryMarshal.GetReference(other);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            (Load(ref to, i) + Load(ref from, i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            row[i] += other[i];
    }

    /// <summary>row ← row + factor · other.</summary>
    public static void AddScaled(Span<float> row, ReadOnlySpan<float> other, float factor)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Length, row.Length);
        ref var to = ref MemoryMarshal.GetReference(row);
        ref var from = ref MemoryMarshal.GetReference(other);
        var times = Vector512.Create(factor);
        var i = 0;
        for (; i <= row.Length - 16; i += 16)
            Vector512.FusedMultiplyAdd(Load(ref from, i), times, Load(ref to, i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            row[i] = MathF.FusedMultiplyAdd(other[i], factor, row[i]);
    }

    /// <summary>The least and the greatest coordinate of a row that has one.</summary>
    public static (float Least, float Greatest) LeastAndGreatest(ReadOnlySpan<float> row)
    {
        var (least, greatest) = (row[0], row[0]);
        var i = 0;
        if (row.Length >= 16)
        {
            ref var first = ref MemoryMarshal.GetReference(row);
            var low = Load(ref first, 0);
            var high = low;
            for (i = 16; i <= row.Length - 16; i += 16)
            {
                var values = Load(ref first, i);
                low = Vector512.MinNative(low, values);
                high = Vector512.MaxNative(high, values);
            }
            for (var lane = 0; lane < 16; lane++)
                (least, greatest) = (Math.Min(least, low[lane]), Math.Max(greatest, high[lane]));
        }
        for (; i < row.Length; i++)
            (least, greatest) = (Math.Min(least, row[i]), Math.Max(greatest, row[i]));
        return (least, greatest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref float first, int index) => Vector512.LoadUnsafe(ref first, (nuint)index);
}
