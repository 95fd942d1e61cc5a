using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>Sums over two rows of doubles, 512 bits at a time; the same order of additions on every machine.</summary>
internal static class DoubleKernels
{
    /// <summary>Σ aᵢbᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, a.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var sum0 = Vector512<double>.Zero;
        var sum1 = Vector512<double>.Zero;
        var i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            sum0 = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref left, (nuint)i),
                Vector512.LoadUnsafe(ref right, (nuint)i),
                sum0
            );
            sum1 = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref left, (nuint)i + 8),
                Vector512.LoadUnsafe(ref right, (nuint)i + 8),
                sum1
            );
        }
        var total = Vector512.Sum(sum0 + sum1);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    /// <summary>row ← row + factor · other.</summary>
    public static void AddScaled(Span<double> row, double factor, ReadOnlySpan<double> other)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(other.Length, row.Length);
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var y = ref MemoryMarshal.GetReference(other);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i <= row.Length - 8; i += 8)
            Vector512
                .FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref y, (nuint)i), Vector512.LoadUnsafe(ref x, (nuint)i))
                .StoreUnsafe(ref x, (nuint)i);
        for (; i < row.Length; i++)
            row[i] = Math.FusedMultiplyAdd(factor, other[i], row[i]);
    }

    /// <summary>row ← row · factor.</summary>
    public static void Scale(Span<double> row, double factor)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] *= factor;
    }
}
