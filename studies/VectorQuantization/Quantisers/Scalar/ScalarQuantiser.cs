using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Each coordinate by itself to one of 2^bits levels, packed.</summary>
public abstract class ScalarQuantiser(int dimension, int bits) : Quantiser
{
    private const byte EvenLevels = 0;
    private const byte Tables = 1;

    /// <inheritdoc />
    public override string Method => "sq";

    /// <inheritdoc />
    public override int Dimension => dimension;

    /// <summary>Bits a coordinate.</summary>
    public int Bits => bits;

    /// <inheritdoc />
    public override int CodeBytes { get; } = bits == 16 ? 2 * dimension : PackedBits.Bytes(dimension, bits);

    /// <summary>Reads either kind back.</summary>
    internal static ScalarQuantiser Load(BinaryReader from)
    {
        var kind = from.ReadByte();
        var bits = (int)from.ReadByte();
        var centre = from.ReadBoolean();
        var dimension = from.ReadInt32();
        if (kind == Tables)
            return new TableScalarQuantiser(dimension, bits, from.ReadFloats(dimension << bits));
        var low = from.ReadFloats(dimension);
        return new EvenScalarQuantiser(low, from.ReadFloats(dimension), bits, centre);
    }

    /// <summary>Writes what both kinds begin with.</summary>
    private protected void WriteHead(BinaryWriter to, bool even, bool centre)
    {
        to.Write(even ? EvenLevels : Tables);
        to.Write((byte)bits);
        to.Write(centre);
        to.Write(dimension);
    }
}
