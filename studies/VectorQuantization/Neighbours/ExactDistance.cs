using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Distances of single-precision rows in double precision: what "exact" means in this program.</summary>
/// <remarks>
/// The order of additions is the same on every machine. On whole numbers below 2²⁴ whose sums stay below 2⁵³, such as pixels,
/// squared distances and inner products are those of the integers, to the last bit.
/// </remarks>
public static class ExactDistance
{
    /// <summary>The distance as <paramref name="metric"/> defines it, smaller is nearer; rows need not have length 1 for cosine.</summary>
    public static double Between(Metric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        metric switch
        {
            Metric.L2 => Squared(a, b),
            Metric.InnerProduct => 0 - Dot(a, b),
            _ => 1 - (Dot(a, b) / (Math.Sqrt(Dot(a, a)) * Math.Sqrt(Dot(b, b)))),
        };

    /// <summary>Σ (aᵢ − bᵢ)².</summary>
    public static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        var i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            var (x0, x1) = Vector512.Widen(Vector512.LoadUnsafe(ref left, (nuint)i));
            var (y0, y1) = Vector512.Widen(Vector512.LoadUnsafe(ref right, (nuint)i));
            x0 -= y0;
            x1 -= y1;
            even = Vector512.FusedMultiplyAdd(x0, x0, even);
            odd = Vector512.FusedMultiplyAdd(x1, x1, odd);
        }
        var sum = Vector512.Sum(even + odd);
        for (; i < a.Length; i++)
        {
            var difference = (double)a[i] - b[i];
            sum = Math.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }

    /// <summary>Σ aᵢbᵢ.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        var i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            var (x0, x1) = Vector512.Widen(Vector512.LoadUnsafe(ref left, (nuint)i));
            var (y0, y1) = Vector512.Widen(Vector512.LoadUnsafe(ref right, (nuint)i));
            even = Vector512.FusedMultiplyAdd(x0, y0, even);
            odd = Vector512.FusedMultiplyAdd(x1, y1, odd);
        }
        var sum = Vector512.Sum(even + odd);
        for (; i < a.Length; i++)
            sum = Math.FusedMultiplyAdd((double)a[i], b[i], sum);
        return sum;
    }
}
