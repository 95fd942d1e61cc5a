using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>RaBitQ: the direction of a row from the centre, turned at random, as the nearest of a grid's, with its length beside it.</summary>
/// <remarks>
/// J. Gao, C. Long, "RaBitQ" (2024), and its extension to more bits. With o the residual's direction, ō the grid point's and q a
/// query: &lt;ō, q&gt; / &lt;ō, o&gt; is an unbiased estimate of &lt;o, q&gt;, whose error has a known size. Decoding gives the
/// point nearest to the residual instead, &lt;o, ō&gt;·ō, whose squared error is the least: 1 − 2/π of the whole for one bit.
/// </remarks>
public sealed class RaBitQuantiser : Quantiser
{
    // A multiple of the rows that the matrix product takes at once.
    private const int BlockRows = 96;

    private readonly float[] centre;
    private readonly Rotation rotation;
    private readonly RaBitQLayout layout;
    private readonly GridScale? scales;

    /// <param name="centre">What is taken off each row.</param>
    /// <param name="rotation">Of the rows' dimension.</param>
    /// <param name="bits">Bits a coordinate, 1 to 9.</param>
    /// <param name="queryBits">Bits that a query's coordinates are rounded to for codes of one bit, 1 to 8; 0 for not at all.</param>
    public RaBitQuantiser(float[] centre, Rotation rotation, int bits, int queryBits)
    {
        ArgumentNullException.ThrowIfNull(centre);
        (this.centre, this.rotation, QueryBits) = (centre, rotation, queryBits);
        layout = new RaBitQLayout(centre.Length, bits);
        scales = bits > 1 ? new GridScale(bits - 1) : null;
    }

    /// <inheritdoc />
    public override string Method => "rabitq";

    /// <inheritdoc />
    public override int Dimension => centre.Length;

    /// <summary>Bits a coordinate.</summary>
    public int Bits => layout.Bits;

    /// <summary>Bits of a query's coordinates; 0: not rounded.</summary>
    public int QueryBits { get; }

    /// <inheritdoc />
    public override int CodeBytes => layout.CodeBytes;

    /// <inheritdoc />
    public override int SideBytes => RaBitQLayout.FactorBytes;

    /// <inheritdoc />
    public override long ModelBytes => (sizeof(float) * (long)centre.Length) + rotation.Bytes;

    internal RaBitQLayout Layout => layout;

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var d = Dimension;
        var encoder = new RaBitQEncoder(layout, scales);
        var block = new float[Math.Min(BlockRows, rows.Length / d) * d];
        var turned = new float[block.Length];
        for (var first = 0; first < rows.Length / d; first += BlockRows)
        {
            var count = Math.Min(BlockRows, (rows.Length / d) - first);
            rows.Slice(first * d, count * d).CopyTo(block);
            for (var i = 0; i < count; i++)
                Kernels.Subtract(block.AsSpan(i * d, d), centre);
            rotation.Apply(block.AsSpan(0, count * d), turned);
            for (var i = 0; i < count; i++)
                encoder.Encode(turned.AsSpan(i * d, d), codes.Slice((first + i) * CodeBytes, CodeBytes));
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var d = Dimension;
        var levels = new byte[d];
        var block = new float[Math.Min(BlockRows, rows.Length / d) * d];
        for (var first = 0; first < rows.Length / d; first += BlockRows)
        {
            var count = Math.Min(BlockRows, (rows.Length / d) - first);
            for (var i = 0; i < count; i++)
                Nearest(codes.Slice((first + i) * CodeBytes, CodeBytes), levels, block.AsSpan(i * d, d));
            var target = rows.Slice(first * d, count * d);
            rotation.Undo(block.AsSpan(0, count * d), target);
            for (var i = 0; i < count; i++)
                Kernels.Add(target.Slice(i * d, d), centre);
        }
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) => new RaBitQEstimator(this, metric);

    /// <summary>A query as its estimator wants it.</summary>
    /// <param name="query">As the user gave it.</param>
    /// <param name="centred">Whether the centre is taken off.</param>
    /// <param name="turned">Overwritten.</param>
    /// <returns>The inner product of the query and the centre.</returns>
    internal float Turn(ReadOnlySpan<float> query, bool centred, Span<float> turned)
    {
        var shifted = query.ToArray();
        if (centred)
            Kernels.Subtract(shifted, centre);
        rotation.ApplyToOne(shifted, turned);
        return Kernels.Dot(query, centre);
    }

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        to.Write(Dimension);
        to.Write((byte)Bits);
        to.Write((byte)QueryBits);
        to.WriteFloats(centre);
        to.WriteRotation(rotation);
    }

    internal static RaBitQuantiser Load(BinaryReader from)
    {
        var dimension = from.ReadInt32();
        var bits = from.ReadByte();
        var queryBits = from.ReadByte();
        var centre = from.ReadFloats(dimension);
        return new(centre, from.ReadRotation(dimension), bits, queryBits);
    }

    // Scaled so that the error is least: <o, ō>·ō, with <o, ō> = |r|² / rescale / |x̄|.
    private void Nearest(ReadOnlySpan<byte> code, byte[] levels, Span<float> row)
    {
        var (squared, rescale) = layout.Factors(code);
        layout.Point(code, levels, row);
        Kernels.Scale(row, rescale > 0 ? squared / (rescale * Kernels.Dot(row, row)) : 0);
    }
}
