using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Asymmetric distances: one look into a table for each of a code's indices.</summary>
/// <remarks>Two 4-bit indices share a byte; their tables are added up to one of 256, so that one look tells both.</remarks>
internal sealed unsafe class ProductEstimator : TableEstimator
{
    private readonly ProductQuantiser quantiser;
    private readonly Metric metric;
    private readonly float[] tables;
    private readonly float[] byteTables;
    private readonly ushort[] indices;

    public ProductEstimator(ProductQuantiser quantiser, Metric metric)
    {
        this.quantiser = quantiser;
        this.metric = metric;
        tables = new float[quantiser.M * quantiser.Centroids];
        indices = new ushort[quantiser.M];
        byteTables = quantiser.Bits switch
        {
            8 => tables,
            4 => new float[quantiser.CodeBytes * 256],
            _ => [],
        };
    }

    /// <inheritdoc />
    public override int Parts => quantiser.M;

    /// <inheritdoc />
    public override int Bits => quantiser.Bits;

    /// <inheritdoc />
    public override ReadOnlySpan<float> Tables => tables;

    /// <inheritdoc />
    public override void Prepare(ReadOnlySpan<float> query)
    {
        quantiser.Tables(query, metric, tables);
        if (quantiser.Bits == 4)
            PairUp();
    }

    /// <inheritdoc />
    public override void TakeTables(ReadOnlySpan<float> tables)
    {
        tables.CopyTo(this.tables);
        if (quantiser.Bits == 4)
            PairUp();
    }

    /// <inheritdoc />
    public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        if (byteTables.Length == 0)
        {
            Unpacked(codes, distances);
            return;
        }
        fixed (byte* code = codes)
        fixed (float* table = byteTables)
        fixed (float* to = distances)
            TableScan.Sum(code, quantiser.CodeBytes, quantiser.CodeBytes, table, to, distances.Length);
    }

    private void PairUp()
    {
        for (var at = 0; at < quantiser.CodeBytes; at++)
        {
            var low = tables.AsSpan(2 * at * 16, 16);
            var high = (2 * at) + 1 < quantiser.M ? tables.AsSpan(((2 * at) + 1) * 16, 16) : default;
            for (var i = 0; i < 256; i++)
                byteTables[(at * 256) + i] = low[i & 15] + (high.IsEmpty ? 0 : high[i >> 4]);
        }
    }

    private void Unpacked(ReadOnlySpan<byte> codes, Span<float> distances)
    {
        var bytes = quantiser.CodeBytes;
        for (var i = 0; i < distances.Length; i++)
        {
            PackedIndices.Unpack(codes.Slice(i * bytes, bytes), quantiser.Bits, indices);
            var sum = 0f;
            for (var part = 0; part < indices.Length; part++)
                sum += tables[(part << quantiser.Bits) + indices[part]];
            distances[i] = sum;
        }
    }
}
