using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Stored coordinates to floats, 16 at a time.</summary>
public static class Conversion
{
    /// <summary>Converts <paramref name="from"/>, which holds exactly as many coordinates as <paramref name="to"/>.</summary>
    public static void ToSingle(ElementType element, ReadOnlySpan<byte> from, Span<float> to)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(from.Length, to.Length * ElementTypes.Bytes(element));
        switch (element)
        {
            case ElementType.Float32:
                MemoryMarshal.Cast<byte, float>(from).CopyTo(to);
                break;
            case ElementType.UInt8:
                FromBytes(from, to);
                break;
            case ElementType.Int8:
                FromSignedBytes(MemoryMarshal.Cast<byte, sbyte>(from), to);
                break;
            case ElementType.Float16:
                FromHalves(MemoryMarshal.Cast<byte, ushort>(from), to);
                break;
            case ElementType.Float64:
                FromDoubles(MemoryMarshal.Cast<byte, double>(from), to);
                break;
            case ElementType.Int32:
                FromIntegers(MemoryMarshal.Cast<byte, int>(from), to);
                break;
            case ElementType.Int64:
                FromLongs(MemoryMarshal.Cast<byte, long>(from), to);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(element));
        }
    }

    private static void FromBytes(ReadOnlySpan<byte> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i <= to.Length - 16; i += 16)
        {
            var wide = Vector512.WidenLower(
                Vector512.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256().ToVector512())
            );
            Vector512.ConvertToSingle(wide.AsInt32()).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < to.Length; i++)
            to[i] = from[i];
    }

    private static void FromSignedBytes(ReadOnlySpan<sbyte> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i <= to.Length - 16; i += 16)
        {
            var wide = Vector512.WidenLower(
                Vector512.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256().ToVector512())
            );
            Vector512.ConvertToSingle(wide).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < to.Length; i++)
            to[i] = from[i];
    }

    /// <remarks>
    /// The exponent is moved by a multiplication, which also brings denormals right; all ones in the exponent (infinity, NaN)
    /// are put back by hand.
    /// </remarks>
    private static void FromHalves(ReadOnlySpan<ushort> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var move = Vector512.Create(BitConverter.Int32BitsToSingle((254 - 15) << 23));
        var magnitude = Vector512.Create(0x7FFFu);
        var special = Vector512.Create(0x7C00u);
        var exponent = Vector512.Create(0x7F80_0000u);
        var i = 0;
        for (; i <= to.Length - 16; i += 16)
        {
            var half = Vector512.WidenLower(Vector256.LoadUnsafe(ref source, (nuint)i).ToVector512());
            var rest = half & magnitude;
            var value = (Vector512.ShiftLeft(rest, 13).AsSingle() * move).AsUInt32();
            value |= Vector512.GreaterThanOrEqual(rest, special) & exponent;
            value |= Vector512.ShiftLeft(half ^ rest, 16);
            value.AsSingle().StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < to.Length; i++)
            to[i] = (float)BitConverter.UInt16BitsToHalf(from[i]);
    }

    private static void FromDoubles(ReadOnlySpan<double> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i <= to.Length - 16; i += 16)
        {
            Vector512
                .Narrow(Vector512.LoadUnsafe(ref source, (nuint)i), Vector512.LoadUnsafe(ref source, (nuint)i + 8))
                .StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < to.Length; i++)
            to[i] = (float)from[i];
    }

    private static void FromIntegers(ReadOnlySpan<int> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i <= to.Length - 16; i += 16)
            Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < to.Length; i++)
            to[i] = from[i];
    }

    private static void FromLongs(ReadOnlySpan<long> from, Span<float> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i];
    }
}
