using VectorQuantization.Quantisers;

namespace VectorQuantization.Tests.Search;

/// <summary>A quantiser that is easy to see through: each coordinate is rounded to a signed byte.</summary>
internal sealed class RoundingQuantiser(int dimension) : Quantiser
{
    public static readonly QuantiserMethod Known = new(
        "rounding",
        "",
        [],
        _ => throw new NotSupportedException(),
        from => new RoundingQuantiser(from.ReadInt32())
    );

    public override string Method => "rounding";

    public override int Dimension => dimension;

    public override int CodeBytes => dimension;

    public override long ModelBytes => 0;

    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        for (var i = 0; i < rows.Length; i++)
            codes[i] = (byte)(sbyte)MathF.Round(rows[i]);
    }

    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        for (var i = 0; i < codes.Length; i++)
            rows[i] = (sbyte)codes[i];
    }

    public override void Write(BinaryWriter to) => to.Write(dimension);
}
