using System.Buffers.Binary;
using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>Where what stands in a row's code.</summary>
/// <remarks>
/// A plane of signs (bit set: above zero), then the other bits of each coordinate's level side by side, then two floats: the
/// residual's squared length, and that length over its inner product with the grid point (0 for a residual of length 0).
/// </remarks>
/// <param name="Dimension">Coordinates.</param>
/// <param name="Bits">Bits a coordinate, 1 to 9.</param>
internal readonly record struct RaBitQLayout(int Dimension, int Bits)
{
    /// <summary>Bytes of the two floats.</summary>
    public const int FactorBytes = 8;

    /// <summary>Bits beside the sign.</summary>
    public int ExtraBits => Bits - 1;

    /// <summary>Bytes of the plane of signs.</summary>
    public int SignBytes => PackedBits.Bytes(Dimension, 1);

    /// <summary>Bytes of all.</summary>
    public int CodeBytes => FactorsAt + FactorBytes;

    private int FactorsAt => SignBytes + (ExtraBits == 0 ? 0 : PackedBits.Bytes(Dimension, ExtraBits));

    /// <summary>The signs.</summary>
    public ReadOnlySpan<byte> Signs(ReadOnlySpan<byte> code) => code[..SignBytes];

    /// <summary>The other bits.</summary>
    public ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> code) => code[SignBytes..FactorsAt];

    /// <summary>The other bits and what follows them.</summary>
    public ReadOnlySpan<byte> RestOnward(ReadOnlySpan<byte> code) => code[SignBytes..];

    /// <summary>The residual's squared length, and what an inner product with the grid point is multiplied with.</summary>
    public (float Squared, float Rescale) Factors(ReadOnlySpan<byte> code) =>
        (
            BinaryPrimitives.ReadSingleLittleEndian(code[FactorsAt..]),
            BinaryPrimitives.ReadSingleLittleEndian(code[(FactorsAt + 4)..])
        );

    /// <summary>Puts a code's parts after the signs in place.</summary>
    /// <param name="code">A whole code; the signs stay as they are.</param>
    /// <param name="rest">The other bits, a byte a coordinate.</param>
    /// <param name="squared">See <see cref="Factors"/>.</param>
    /// <param name="rescale">See <see cref="Factors"/>.</param>
    public void Write(Span<byte> code, ReadOnlySpan<byte> rest, float squared, float rescale)
    {
        if (ExtraBits > 0)
            PackedBits.Pack(rest, ExtraBits, code[SignBytes..FactorsAt]);
        BinaryPrimitives.WriteSingleLittleEndian(code[FactorsAt..], squared);
        BinaryPrimitives.WriteSingleLittleEndian(code[(FactorsAt + 4)..], rescale);
    }

    /// <summary>The grid point ±½, ±1½, … of a code.</summary>
    /// <param name="code">A whole code.</param>
    /// <param name="levels">Scratch space, one byte a coordinate.</param>
    /// <param name="point">Overwritten.</param>
    public void Point(ReadOnlySpan<byte> code, Span<byte> levels, Span<float> point)
    {
        var half = ((1 << Bits) - 1) / 2f;
        PackedBits.Unpack(Signs(code), 1, levels);
        for (var i = 0; i < point.Length; i++)
            point[i] = (levels[i] << ExtraBits) - half;
        if (ExtraBits == 0)
            return;
        PackedBits.Unpack(Rest(code), ExtraBits, levels);
        for (var i = 0; i < point.Length; i++)
            point[i] += levels[i];
    }
}
