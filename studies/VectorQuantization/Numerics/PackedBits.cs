using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VectorQuantization.Numerics;

/// <summary>Numbers of 1 to 8 bits side by side: the first in the lowest bits of the first byte, fields may cross bytes.</summary>
/// <remarks>Eight numbers of b bits are b bytes, so that they go in and out with one bit-extract or bit-deposit instruction.</remarks>
internal static class PackedBits
{
    /// <summary>Bytes that <paramref name="count"/> numbers of <paramref name="bits"/> bits take.</summary>
    public static int Bytes(int count, int bits) => checked(((count * bits) + 7) / 8);

    /// <summary>Packs <paramref name="levels"/>, each below 2^<paramref name="bits"/>.</summary>
    public static void Pack(ReadOnlySpan<byte> levels, int bits, Span<byte> to)
    {
        if (bits == 8)
        {
            levels.CopyTo(to);
            return;
        }
        Span<byte> eight = stackalloc byte[8];
        for (var i = 0; i < levels.Length; i += 8)
        {
            ulong spread;
            if (i + 8 <= levels.Length)
            {
                spread = BinaryPrimitives.ReadUInt64LittleEndian(levels[i..]);
            }
            else
            {
                eight.Clear();
                levels[i..].CopyTo(eight);
                spread = BinaryPrimitives.ReadUInt64LittleEndian(eight);
            }
            BinaryPrimitives.WriteUInt64LittleEndian(eight, Squeeze(spread, bits));
            var target = to[(i / 8 * bits)..];
            eight[..Math.Min(bits, target.Length)].CopyTo(target);
        }
    }

    /// <summary>The other way.</summary>
    /// <param name="from">Packed numbers.</param>
    /// <param name="bits">Bits a number.</param>
    /// <param name="levels">Overwritten: as many numbers as it has room for.</param>
    public static void Unpack(ReadOnlySpan<byte> from, int bits, Span<byte> levels)
    {
        var i = 0;
        switch (bits)
        {
            case 8:
                from[..levels.Length].CopyTo(levels);
                return;
            case 4:
                for (; i + 32 <= levels.Length; i += 32)
                    Nibbles(from.Slice(i / 2, 16), levels.Slice(i, 32));
                break;
            default:
                for (; i + 8 <= levels.Length && (i / 8 * bits) + 8 <= from.Length; i += 8)
                {
                    var word = BinaryPrimitives.ReadUInt64LittleEndian(from[(i / 8 * bits)..]);
                    BinaryPrimitives.WriteUInt64LittleEndian(levels[i..], Spread(word, bits));
                }
                break;
        }
        Span<byte> eight = stackalloc byte[8];
        for (; i < levels.Length; i += 8)
        {
            var rest = from[(i / 8 * bits)..];
            eight.Clear();
            rest[..Math.Min(8, rest.Length)].CopyTo(eight);
            var word = BinaryPrimitives.ReadUInt64LittleEndian(eight);
            BinaryPrimitives.WriteUInt64LittleEndian(eight, Spread(word, bits));
            eight[..Math.Min(8, levels.Length - i)].CopyTo(levels[i..]);
        }
    }

    private static void Nibbles(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var packed = Vector128.Create(from);
        var low = packed & Vector128.Create((byte)15);
        var high = packed >>> 4;
        var (first, second) = Vector128.Widen(low);
        var (firstHigh, secondHigh) = Vector128.Widen(high);
        (first | (firstHigh << 8)).AsByte().CopyTo(to);
        (second | (secondHigh << 8)).AsByte().CopyTo(to[16..]);
    }

    // One byte a number → 'bits' bits a number.
    private static ulong Squeeze(ulong spread, int bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitExtract(spread, Fields(bits));
        ulong word = 0;
        for (var i = 0; i < 8; i++)
            word |= ((spread >> (8 * i)) & ((1u << bits) - 1)) << (bits * i);
        return word;
    }

    /// <summary>Eight numbers at the beginning of a word to a byte each.</summary>
    internal static ulong Spread(ulong word, int bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(word, Fields(bits));
        ulong spread = 0;
        for (var i = 0; i < 8; i++)
            spread |= ((word >> (bits * i)) & ((1u << bits) - 1)) << (8 * i);
        return spread;
    }

    /// <summary>The lowest bits of each byte.</summary>
    internal static ulong Fields(int bits) => ((1UL << bits) - 1) * 0x0101010101010101;
}
