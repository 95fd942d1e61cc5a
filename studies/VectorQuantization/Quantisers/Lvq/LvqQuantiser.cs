using System.Buffers.Binary;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Lvq;

/// <summary>Locally adaptive quantisation: each row's own range, after the mean is taken off, cut into even steps.</summary>
/// <remarks>
/// C. Aguerrebere and others, "Similarity search in the blink of an eye with compressed indices" (2023). With a row's least and
/// greatest coordinate lo and hi: step = (hi − lo) / (2^b − 1), level = round((x − lo) / step). A code is the levels side by
/// side, then lo and step as floats.
/// </remarks>
public sealed class LvqQuantiser : Quantiser
{
    private const int FactorBytes = 8;

    private readonly float[] mean;
    private readonly int bits;

    /// <param name="mean">What is taken off each row.</param>
    /// <param name="bits">Bits a coordinate, 1 to 8.</param>
    public LvqQuantiser(float[] mean, int bits)
    {
        ArgumentNullException.ThrowIfNull(mean);
        (this.mean, this.bits) = (mean, bits);
    }

    /// <inheritdoc />
    public override string Method => "lvq";

    /// <inheritdoc />
    public override int Dimension => mean.Length;

    /// <inheritdoc />
    public override int CodeBytes => BytesOf(Dimension, bits);

    /// <inheritdoc />
    public override int SideBytes => FactorBytes;

    /// <inheritdoc />
    public override long ModelBytes => sizeof(float) * (long)Dimension;

    /// <summary>Bits a coordinate.</summary>
    public int Bits => bits;

    internal ReadOnlySpan<float> Mean => mean;

    internal static int BytesOf(int dimension, int bits) => PackedBits.Bytes(dimension, bits) + FactorBytes;

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var d = Dimension;
        var row = new float[d];
        var levels = new byte[d];
        for (var i = 0; i < rows.Length / d; i++)
        {
            rows.Slice(i * d, d).CopyTo(row);
            Kernels.Subtract(row, mean);
            EncodeOne(row, levels, codes.Slice(i * CodeBytes, CodeBytes));
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var d = Dimension;
        var levels = new byte[d];
        for (var i = 0; i < rows.Length / d; i++)
        {
            var code = codes.Slice(i * CodeBytes, CodeBytes);
            var (low, step) = Factors(code);
            PackedBits.Unpack(code[..^FactorBytes], bits, levels);
            LevelKernels.Place(levels, low, step, mean, rows.Slice(i * d, d));
        }
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) => new LvqEstimator(this, metric);

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        to.Write(Dimension);
        to.Write((byte)bits);
        to.WriteFloats(mean);
    }

    internal static LvqQuantiser Load(BinaryReader from)
    {
        var dimension = from.ReadInt32();
        var bits = from.ReadByte();
        return new(from.ReadFloats(dimension), bits);
    }

    /// <summary>Where a code's level 0 lies, and the step.</summary>
    internal static (float Low, float Step) Factors(ReadOnlySpan<byte> code) =>
        (
            BinaryPrimitives.ReadSingleLittleEndian(code[^FactorBytes..]),
            BinaryPrimitives.ReadSingleLittleEndian(code[^4..])
        );

    private void EncodeOne(ReadOnlySpan<float> row, Span<byte> levels, Span<byte> code)
    {
        var (low, high) = Kernels.LeastAndGreatest(row);
        var top = (1 << bits) - 1;
        var step = (float)(((double)high - low) / top);
        LevelKernels.Quantise(row, low, step > 0 ? 1 / step : 0, 0.5f, top, levels);
        PackedBits.Pack(levels, bits, code[..^FactorBytes]);
        BinaryPrimitives.WriteSingleLittleEndian(code[^FactorBytes..], low);
        BinaryPrimitives.WriteSingleLittleEndian(code[^4..], step);
    }
}
