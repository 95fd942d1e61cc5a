using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>Residual quantisation: a row is the sum of one centroid of each stage, and each stage's are for what those before it left.</summary>
/// <remarks>
/// Y. Chen, T. Guan, C. Wang, "Approximate nearest neighbor search by residual vector quantization" (2010); the beam as in
/// A. Babenko, V. Lempitsky, "Additive quantization for extreme vector compression" (2014). A code is the packed indices and,
/// where it is kept, the length of what they stand for.
/// </remarks>
public sealed class ResidualQuantiser : Quantiser
{
    private readonly float[] codebooks;
    private readonly Lazy<BeamTables> tables;

    /// <summary>A quantiser of known centroids.</summary>
    /// <param name="shape">Stages, bits, beam and norms.</param>
    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="codebooks">A codebook a stage, of 2^bits rows; kept, not copied.</param>
    /// <param name="norms">How the squared lengths of decoded rows are kept.</param>
    internal ResidualQuantiser(ResidualShape shape, int dimension, float[] codebooks, NormCode norms)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            codebooks.Length,
            checked(shape.Centroids * dimension),
            nameof(codebooks)
        );
        (Shape, Dimension, Norms) = (shape, dimension, norms);
        this.codebooks = codebooks;
        tables = new Lazy<BeamTables>(() => new BeamTables(shape, dimension, codebooks, threads: 1));
    }

    /// <inheritdoc />
    public override string Method => "rq";

    /// <inheritdoc />
    public override int Dimension { get; }

    /// <inheritdoc />
    public override int CodeBytes => Shape.IndexBytes + Norms.Bytes;

    /// <inheritdoc />
    public override int SideBytes => Norms.Bytes;

    /// <inheritdoc />
    public override long ModelBytes => (sizeof(float) * (long)codebooks.Length) + Norms.ModelBytes;

    internal ResidualShape Shape { get; }

    internal NormCode Norms { get; }

    /// <summary>All stages' centroids, row-major, those of the first stage first.</summary>
    public ReadOnlySpan<float> Codebooks => codebooks;

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var count = rows.Length / Dimension;
        var search = new BeamSearch(tables.Value);
        var indices = new ushort[BeamSearch.MostRows * Shape.Stages];
        var decoded = new float[Dimension];
        for (var first = 0; first < count; first += BeamSearch.MostRows)
        {
            var taken = Math.Min(BeamSearch.MostRows, count - first);
            search.Find(rows.Slice(first * Dimension, taken * Dimension), indices);
            for (var row = 0; row < taken; row++)
            {
                var code = codes.Slice((first + row) * CodeBytes, CodeBytes);
                var of = indices.AsSpan(row * Shape.Stages, Shape.Stages);
                PackedIndices.Pack(of, Shape.Bits, code[..Shape.IndexBytes]);
                if (Norms.Bytes == 0)
                    continue;
                Sum(of, decoded);
                Norms.Write(Kernels.Dot(decoded, decoded), code[Shape.IndexBytes..]);
            }
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var indices = new ushort[Shape.Stages];
        for (var row = 0; row * Dimension < rows.Length; row++)
        {
            PackedIndices.Unpack(codes.Slice(row * CodeBytes, Shape.IndexBytes), Shape.Bits, indices);
            Sum(indices, rows.Slice(row * Dimension, Dimension));
        }
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) =>
        metric == Metric.L2 && Norms.Bytes == 0
            ? new DecodingEstimator(this, metric)
            : new ResidualEstimator(this, metric);

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        to.Write(Dimension);
        to.Write(Shape.Stages);
        to.Write(Shape.Bits);
        to.Write(Shape.Beam);
        Norms.Write(to);
        to.WriteFloats(codebooks);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ResidualQuantiser Load(BinaryReader from)
    {
        var dimension = from.ReadInt32();
        var shape = new ResidualShape(from.ReadInt32(), from.ReadInt32(), from.ReadInt32());
        var norms = NormCode.Read(from);
        return new ResidualQuantiser(shape, dimension, from.ReadFloats(checked(shape.Centroids * dimension)), norms);
    }

    private void Sum(ReadOnlySpan<ushort> indices, Span<float> row)
    {
        row.Clear();
        for (var stage = 0; stage < indices.Length; stage++)
            Kernels.Add(row, codebooks.AsSpan(((stage << Shape.Bits) + indices[stage]) * Dimension, Dimension));
    }
}
