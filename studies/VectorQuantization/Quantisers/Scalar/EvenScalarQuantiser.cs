using System.Runtime.InteropServices;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Levels evenly spaced over each coordinate's range; what lies outside of it goes to the outermost level.</summary>
/// <remarks>
/// step = (high − low) / (2^b − 1). Rounding: q = round((x − low) / step), decoded low + q·step. Centre: q = ⌊(x − low) / step⌋,
/// decoded low + (q + ½)·step, which is FAISS's QT_8bit, QT_6bit and QT_4bit.
/// </remarks>
public sealed class EvenScalarQuantiser : ScalarQuantiser
{
    private readonly float[] low;
    private readonly float[] high;
    private readonly float[] scale;
    private readonly float[] step;
    private readonly float[] origin;
    private readonly bool centre;

    /// <param name="low">Where level 0 lies, one a coordinate.</param>
    /// <param name="high">Where the highest level lies; where it equals <paramref name="low"/>, the coordinate is constant.</param>
    /// <param name="bits">2 to 8, or 16.</param>
    /// <param name="centre">Cut and decode half a step above.</param>
    public EvenScalarQuantiser(float[] low, float[] high, int bits, bool centre)
        : base(low.Length, bits)
    {
        ArgumentNullException.ThrowIfNull(high);
        (this.low, this.high, this.centre) = (low, high, centre);
        scale = new float[low.Length];
        step = new float[low.Length];
        origin = new float[low.Length];
        for (var i = 0; i < low.Length; i++)
        {
            var range = (double)high[i] - low[i];
            scale[i] = range > 0 ? (float)(Top / range) : 0;
            step[i] = (float)(range / Top);
            origin[i] = (float)(low[i] + (centre ? range / Top / 2 : 0));
        }
    }

    /// <inheritdoc />
    public override long ModelBytes => 2L * sizeof(float) * Dimension;

    private int Top => (1 << Bits) - 1;

    private float Rounding => centre ? 0 : 0.5f;

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var d = Dimension;
        var levels = new byte[d];
        for (var row = 0; row < rows.Length / d; row++)
        {
            var x = rows.Slice(row * d, d);
            var code = codes.Slice(row * CodeBytes, CodeBytes);
            if (Bits == 16)
            {
                EncodeWide(x, MemoryMarshal.Cast<byte, ushort>(code));
                continue;
            }
            var target = Bits == 8 ? code : levels;
            LevelKernels.Quantise(x, low, scale, Rounding, Top, target);
            if (Bits < 8)
                PackedBits.Pack(levels, Bits, code);
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var d = Dimension;
        var levels = new byte[d];
        for (var row = 0; row < rows.Length / d; row++)
        {
            var x = rows.Slice(row * d, d);
            var code = codes.Slice(row * CodeBytes, CodeBytes);
            if (Bits == 16)
            {
                DecodeWide(MemoryMarshal.Cast<byte, ushort>(code), x);
                continue;
            }
            if (Bits < 8)
                PackedBits.Unpack(code, Bits, levels);
            LevelKernels.Place(Bits == 8 ? code : levels, origin, step, x);
        }
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) =>
        Bits == 16 ? base.EstimatorOf(metric) : new EvenScalarEstimator(this, metric, origin, step);

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        WriteHead(to, even: true, centre);
        to.WriteFloats(low);
        to.WriteFloats(high);
    }

    private void EncodeWide(ReadOnlySpan<float> row, Span<ushort> levels)
    {
        for (var i = 0; i < row.Length; i++)
            levels[i] = (ushort)Math.Clamp((((double)row[i] - low[i]) * scale[i]) + Rounding, 0, Top);
    }

    private void DecodeWide(ReadOnlySpan<ushort> levels, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = MathF.FusedMultiplyAdd(levels[i], step[i], origin[i]);
    }
}
