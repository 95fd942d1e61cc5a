using System.Buffers.Binary;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>How the squared length of what a code decodes to is kept beside it: as a float, as one of 256 even steps, or not at all.</summary>
/// <param name="Bytes">4, 1 or 0.</param>
/// <param name="Least">The value of step 0; lower ones count as that.</param>
/// <param name="Step">From one step to the next.</param>
internal sealed record NormCode(int Bytes, float Least = 0, float Step = 0)
{
    /// <summary>As floats.</summary>
    public static readonly NormCode Single = new(4);

    /// <summary>Not at all.</summary>
    public static readonly NormCode None = new(0);

    /// <summary>Bytes of what all rows share.</summary>
    public int ModelBytes => Bytes == 1 ? 2 * sizeof(float) : 0;

    /// <summary>256 steps between the least and the greatest of some values.</summary>
    public static NormCode StepsOver(ReadOnlySpan<float> values)
    {
        var least = float.PositiveInfinity;
        var greatest = float.NegativeInfinity;
        foreach (var value in values)
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        return new NormCode(1, least, (greatest - least) / 255);
    }

    /// <summary>Writes a value.</summary>
    public void Write(float value, Span<byte> to)
    {
        if (Bytes == 4)
            BinaryPrimitives.WriteSingleLittleEndian(to, value);
        else if (Bytes == 1)
            to[0] = Step > 0 ? (byte)Math.Clamp(MathF.Round((value - Least) / Step), 0, 255) : (byte)0;
    }

    /// <summary>Reads a value.</summary>
    public float Read(ReadOnlySpan<byte> from) =>
        Bytes switch
        {
            4 => BinaryPrimitives.ReadSingleLittleEndian(from),
            1 => Least + (Step * from[0]),
            _ => 0,
        };

    /// <summary>Writes what all rows share.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write(Bytes);
        to.Write(Least);
        to.Write(Step);
    }

    /// <summary>Reads what was written.</summary>
    public static NormCode Read(BinaryReader from) => new(from.ReadInt32(), from.ReadSingle(), from.ReadSingle());
}
