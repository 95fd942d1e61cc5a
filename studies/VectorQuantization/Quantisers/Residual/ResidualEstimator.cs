using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>Distances by one look into a table for each index, and, for L2, the kept length: |q − x|² = |q|² − 2q·x + |x|².</summary>
internal sealed unsafe class ResidualEstimator(ResidualQuantiser quantiser, Metric metric) : DistanceEstimator
{
    private readonly ResidualShape shape = quantiser.Shape;
    private readonly float[] tables = new float[quantiser.Shape.Centroids];
    private readonly ushort[] indices = new ushort[quantiser.Shape.Stages];
    private float constant;

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query)
    {
        var factor = metric == Metric.L2 ? -2 : -1;
        constant = metric == Metric.L2 ? Kernels.Dot(query, query) : 0;
        for (var j = 0; j < tables.Length; j++)
            tables[j] =
                factor * Kernels.Dot(query, quantiser.Codebooks.Slice(j * quantiser.Dimension, quantiser.Dimension));
    }

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        var bytes = quantiser.CodeBytes;
        if (shape.Bits == 8)
        {
            fixed (byte* code = codes)
            fixed (float* table = tables)
            fixed (float* to = distances)
                TableScan.Sum(code, bytes, shape.Stages, table, to, distances.Length);
        }
        for (var i = 0; i < distances.Length; i++)
        {
            var code = codes.Slice(i * bytes, bytes);
            var sum = shape.Bits == 8 ? distances[i] : Sum(code);
            distances[i] = metric == Metric.L2 ? constant + sum + quantiser.Norms.Read(code[shape.IndexBytes..]) : sum;
        }
    }

    private float Sum(ReadOnlySpan<byte> code)
    {
        PackedIndices.Unpack(code[..shape.IndexBytes], shape.Bits, indices);
        var sum = 0f;
        for (var stage = 0; stage < indices.Length; stage++)
            sum += tables[(stage << shape.Bits) + indices[stage]];
        return sum;
    }
}
