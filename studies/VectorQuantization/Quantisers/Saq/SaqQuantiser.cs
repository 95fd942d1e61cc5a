using System.Buffers.Binary;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Saq;

/// <summary>SAQ: principal components in segments of their own bits, each segment turned at random and coded by its direction.</summary>
/// <remarks>
/// A code is the squared length of the row from the mean, then a factor for each segment with bits, |o|² / &lt;o, ō&gt; with which
/// inner products with its grid point ō become unbiased estimates of those with o, then the segments' levels. All codes are as
/// long as the settings say; what the plan left over is zero. What brings a point to its best length varies little from row to
/// row and is learnt once for each segment.
/// </remarks>
public sealed class SaqQuantiser : Quantiser
{
    private const int BlockRows = 96;

    private readonly float[] mean;
    private readonly DenseRotation rotation;
    private readonly Segment[] segments;
    private readonly float[] lengths;
    private readonly int rounds;

    internal SaqQuantiser(
        float[] mean,
        DenseRotation rotation,
        Segment[] segments,
        float[] lengths,
        int rounds,
        int codeBytes
    )
    {
        (this.mean, this.rotation, this.segments, this.lengths, this.rounds) = (
            mean,
            rotation,
            segments,
            lengths,
            rounds
        );
        CodeBytes = codeBytes;
        SideBytes = sizeof(float) * (1 + Coded.Count());
    }

    /// <inheritdoc />
    public override string Method => "saq";

    /// <inheritdoc />
    public override int Dimension => mean.Length;

    /// <inheritdoc />
    public override int CodeBytes { get; }

    /// <inheritdoc />
    public override int SideBytes { get; }

    /// <inheritdoc />
    public override long ModelBytes =>
        (sizeof(float) * (mean.Length + (long)lengths.Length)) + rotation.Bytes + (3L * sizeof(int) * segments.Length);

    internal IReadOnlyList<Segment> Segments => segments;

    private IEnumerable<Segment> Coded => segments.Where(segment => segment.Bits > 0);

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var d = Dimension;
        var turned = new float[Math.Min(BlockRows, rows.Length / d) * d];
        var levels = new byte[d];
        for (var first = 0; first < rows.Length / d; first += BlockRows)
        {
            var count = Math.Min(BlockRows, (rows.Length / d) - first);
            Turn(rows.Slice(first * d, count * d), turned);
            for (var i = 0; i < count; i++)
                EncodeOne(turned.AsSpan(i * d, d), levels, codes.Slice((first + i) * CodeBytes, CodeBytes));
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var d = Dimension;
        var points = new float[Math.Min(BlockRows, rows.Length / d) * d];
        var levels = new byte[d];
        for (var first = 0; first < rows.Length / d; first += BlockRows)
        {
            var count = Math.Min(BlockRows, (rows.Length / d) - first);
            for (var i = 0; i < count; i++)
                DecodeOne(codes.Slice((first + i) * CodeBytes, CodeBytes), levels, points.AsSpan(i * d, d));
            var target = rows.Slice(first * d, count * d);
            rotation.Undo(points.AsSpan(0, count * d), target);
            for (var i = 0; i < count; i++)
                Kernels.Add(target.Slice(i * d, d), mean);
        }
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) => new SaqEstimator(this, metric);

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        to.Write(Dimension);
        to.Write(CodeBytes);
        to.Write(rounds);
        to.Write(segments.Length);
        foreach (var segment in segments)
        {
            to.Write(segment.Count);
            to.Write((byte)segment.Bits);
        }
        to.WriteFloats(mean);
        to.WriteFloats(lengths);
        to.WriteRotation(rotation);
    }

    internal static SaqQuantiser Load(BinaryReader from)
    {
        var dimension = from.ReadInt32();
        var codeBytes = from.ReadInt32();
        var rounds = from.ReadInt32();
        var segments = new Segment[from.ReadInt32()];
        for (int i = 0, first = 0; i < segments.Length; first += segments[i].Count, i++)
            segments[i] = new Segment(first, from.ReadInt32(), from.ReadByte());
        var mean = from.ReadFloats(dimension);
        var lengths = from.ReadFloats(segments.Length);
        return new(mean, (DenseRotation)from.ReadRotation(dimension), segments, lengths, rounds, codeBytes);
    }

    /// <summary>Rows from the mean, in their segments' coordinates.</summary>
    internal void Turn(ReadOnlySpan<float> rows, Span<float> turned)
    {
        var shifted = rows.ToArray();
        for (var at = 0; at < shifted.Length; at += Dimension)
            Kernels.Subtract(shifted.AsSpan(at, Dimension), mean);
        rotation.Apply(shifted, turned);
    }

    /// <summary>A query in the segments' coordinates.</summary>
    /// <returns>Its inner product with the mean.</returns>
    internal float TurnQuery(ReadOnlySpan<float> query, bool centred, Span<float> turned)
    {
        var shifted = query.ToArray();
        if (centred)
            Kernels.Subtract(shifted, mean);
        rotation.ApplyToOne(shifted, turned);
        return Kernels.Dot(query, mean);
    }

    private void EncodeOne(ReadOnlySpan<float> row, Span<byte> levels, Span<byte> code)
    {
        code.Clear();
        BinaryPrimitives.WriteSingleLittleEndian(code, Kernels.Dot(row, row));
        var factor = sizeof(float);
        var at = SideBytes;
        foreach (var segment in segments)
        {
            if (segment.Bits == 0)
                continue;
            var part = row.Slice(segment.First, segment.Count);
            var squared = Kernels.Dot(part, part);
            if (squared > 0)
            {
                var (along, _) = CodeAdjustment.Fit(part, segment.Bits, rounds, levels);
                BinaryPrimitives.WriteSingleLittleEndian(code[factor..], (float)(squared / along));
                PackedBits.Pack(levels[..segment.Count], segment.Bits, code.Slice(at, segment.CodeBytes));
            }
            factor += sizeof(float);
            at += segment.CodeBytes;
        }
    }

    private void DecodeOne(ReadOnlySpan<byte> code, Span<byte> levels, Span<float> row)
    {
        row.Clear();
        var factor = sizeof(float);
        var at = SideBytes;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (segment.Bits == 0)
                continue;
            var scale = lengths[i] * BinaryPrimitives.ReadSingleLittleEndian(code[factor..]);
            PackedBits.Unpack(code.Slice(at, segment.CodeBytes), segment.Bits, levels[..segment.Count]);
            var half = ((1 << segment.Bits) - 1) / 2f;
            for (var k = 0; k < segment.Count; k++)
                row[segment.First + k] = scale * (levels[k] - half);
            factor += sizeof(float);
            at += segment.CodeBytes;
        }
    }
}
