using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>Finds what is no number among floats.</summary>
public static class Finite
{
    private const int Exponent = 0x7F80_0000;

    /// <summary>Where the first NaN or infinity stands, or −1.</summary>
    public static int FirstOther(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, int>(values);
        ref var start = ref MemoryMarshal.GetReference(bits);
        var exponent = Vector512.Create(Exponent);
        var i = 0;
        for (; i <= bits.Length - 32; i += 32)
        {
            var a = Vector512.LoadUnsafe(ref start, (nuint)i) & exponent;
            var b = Vector512.LoadUnsafe(ref start, (nuint)i + 16) & exponent;
            if (Vector512.EqualsAny(Vector512.Max(a, b), exponent))
                break;
        }
        for (; i < bits.Length; i++)
        {
            if ((bits[i] & Exponent) == Exponent)
                return i;
        }
        return -1;
    }
}
