using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Levels from a table of each coordinate's own; the nearest is taken, the lower one when two are equally near.</summary>
public sealed class TableScalarQuantiser : ScalarQuantiser
{
    // Coordinate by coordinate over so many rows: a table stays in the first-level cache meanwhile.
    private const int BlockRows = 64;

    private readonly float[] tables;

    // Half-way between neighbouring levels: one less than levels; the last is infinite and rounds them up to a power of two.
    private readonly float[] thresholds;

    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="bits">2 to 8.</param>
    /// <param name="tables">2^bits ascending levels a coordinate.</param>
    public TableScalarQuantiser(int dimension, int bits, float[] tables)
        : base(dimension, bits)
    {
        ArgumentNullException.ThrowIfNull(tables);
        this.tables = tables;
        thresholds = new float[tables.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            var last = (i & (Levels - 1)) == Levels - 1;
            thresholds[i] = last ? float.PositiveInfinity : (float)(((double)tables[i] + tables[i + 1]) / 2);
        }
    }

    /// <inheritdoc />
    public override long ModelBytes => sizeof(float) * (long)tables.Length;

    private int Levels => 1 << Bits;

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var d = Dimension;
        var count = rows.Length / d;
        var levels = new byte[Math.Min(BlockRows, count) * d];
        for (var first = 0; first < count; first += BlockRows)
        {
            var height = Math.Min(BlockRows, count - first);
            for (var i = 0; i < d; i++)
                Find(rows.Slice(first * d, height * d), i, levels);
            for (var row = 0; row < height; row++)
                PackedBits.Pack(levels.AsSpan(row * d, d), Bits, codes.Slice((first + row) * CodeBytes, CodeBytes));
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var d = Dimension;
        var levels = new byte[d];
        for (var row = 0; row < rows.Length / d; row++)
        {
            PackedBits.Unpack(codes.Slice(row * CodeBytes, CodeBytes), Bits, levels);
            var x = rows.Slice(row * d, d);
            for (var i = 0; i < d; i++)
                x[i] = tables[(i << Bits) + levels[i]];
        }
    }

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        WriteHead(to, even: false, centre: false);
        to.WriteFloats(tables);
    }

    // By halving, without a branch on the data: several rows' searches overlap.
    private void Find(ReadOnlySpan<float> rows, int coordinate, Span<byte> levels)
    {
        var d = Dimension;
        var between = thresholds.AsSpan(coordinate << Bits, Levels);
        for (var at = coordinate; at < rows.Length; at += d)
        {
            var x = rows[at];
            var level = 0;
            for (var half = Levels >> 1; half > 0; half >>= 1)
                level += x > between[level + half - 1] ? half : 0;
            levels[at] = (byte)level;
        }
    }
}
