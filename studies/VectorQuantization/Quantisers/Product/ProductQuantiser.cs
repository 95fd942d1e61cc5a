using VectorQuantization.Clustering;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Product quantisation: a row is cut into M parts, and each part stands for the nearest of 2^bits centroids.</summary>
/// <remarks>
/// H. Jégou, M. Douze, C. Schmid, "Product quantization for nearest neighbor search" (2011). Codes are laid out as
/// <see cref="PackedIndices"/> says, like FAISS's.
/// </remarks>
public sealed class ProductQuantiser : Quantiser, IDisposable
{
    // Rows that are encoded at a time: what one thread needs for their indices is small, and their coordinates stay in cache.
    private const int EncodedRows = 256;

    private readonly float[] codebooks;
    private readonly CentroidTable[] tables;
    private readonly Lazy<float[]> transposed;

    /// <summary>A quantiser of known centroids.</summary>
    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="m">Parts of a row; divides <paramref name="dimension"/>.</param>
    /// <param name="bits">Of an index: 1 to 16.</param>
    /// <param name="codebooks">M codebooks of 2^bits centroids of dimension / M coordinates; kept, not copied.</param>
    public ProductQuantiser(int dimension, int m, int bits, float[] codebooks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dimension % m, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(codebooks.Length, dimension << bits, nameof(codebooks));
        (Dimension, M, Bits) = (dimension, m, bits);
        this.codebooks = codebooks;
        tables = [.. Enumerable.Range(0, m).Select(part => CentroidTable.Of(Codebook(part), PartDimension))];
        transposed = new Lazy<float[]>(Transposed);
    }

    /// <inheritdoc />
    public override string Method => "pq";

    /// <inheritdoc />
    public override int Dimension { get; }

    /// <summary>Parts of a row.</summary>
    public int M { get; }

    /// <summary>Bits of an index.</summary>
    public int Bits { get; }

    /// <summary>Centroids of each part: 2^<see cref="Bits"/>.</summary>
    public int Centroids => 1 << Bits;

    /// <summary>Coordinates of a part.</summary>
    public int PartDimension => Dimension / M;

    /// <inheritdoc />
    public override int CodeBytes => PackedIndices.Bytes(M, Bits);

    /// <inheritdoc />
    public override long ModelBytes => sizeof(float) * (long)codebooks.Length;

    /// <summary>The centroids of one part, row-major.</summary>
    public ReadOnlySpan<float> Codebook(int part) =>
        codebooks.AsSpan(part * Centroids * PartDimension, Centroids * PartDimension);

    /// <summary>One part's centroids' first coordinates, then their second ones, and so on.</summary>
    internal ReadOnlySpan<float> TransposedCodebook(int part) =>
        transposed.Value.AsSpan(part * Centroids * PartDimension, Centroids * PartDimension);

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var count = rows.Length / Dimension;
        var part = new int[EncodedRows];
        var indices = new ushort[EncodedRows * M];
        for (var first = 0; first < count; first += EncodedRows)
        {
            var taken = Math.Min(EncodedRows, count - first);
            Index(rows.Slice(first * Dimension, taken * Dimension), indices, part);
            for (var row = 0; row < taken; row++)
                PackedIndices.Pack(indices.AsSpan(row * M, M), Bits, codes.Slice((first + row) * CodeBytes, CodeBytes));
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var indices = new ushort[M];
        for (var row = 0; row * Dimension < rows.Length; row++)
        {
            PackedIndices.Unpack(codes.Slice(row * CodeBytes, CodeBytes), Bits, indices);
            var to = rows.Slice(row * Dimension, Dimension);
            for (var part = 0; part < M; part++)
                Codebook(part).Slice(indices[part] * PartDimension, PartDimension).CopyTo(to[(part * PartDimension)..]);
        }
    }

    /// <summary>
    /// What each centroid adds to the distance of a code from a query: M tables of 2^bits. The sum over a code's indices is the
    /// squared distance to what it decodes to, or minus the inner product with it.
    /// </summary>
    /// <param name="query">One row.</param>
    /// <param name="metric">Cosine is inner product here.</param>
    /// <param name="tables">M × <see cref="Centroids"/>; overwritten.</param>
    public void Tables(ReadOnlySpan<float> query, Metric metric, Span<float> tables)
    {
        for (var part = 0; part < M; part++)
            DistanceTable.Fill(
                query.Slice(part * PartDimension, PartDimension),
                TransposedCodebook(part),
                metric,
                tables.Slice(part * Centroids, Centroids)
            );
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) => new ProductEstimator(this, metric);

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        to.Write(Dimension);
        to.Write(M);
        to.Write(Bits);
        to.WriteFloats(codebooks);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ProductQuantiser Load(BinaryReader from)
    {
        var dimension = from.ReadInt32();
        var m = from.ReadInt32();
        var bits = from.ReadInt32();
        return new ProductQuantiser(dimension, m, bits, from.ReadFloats(checked(dimension << bits)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var table in tables)
            table.Dispose();
    }

    private void Index(ReadOnlySpan<float> rows, ushort[] indices, int[] nearest)
    {
        var count = rows.Length / Dimension;
        for (var part = 0; part < M; part++)
        {
            tables[part].Nearest(rows[(part * PartDimension)..], Dimension, nearest.AsSpan(0, count));
            for (var row = 0; row < count; row++)
                indices[(row * M) + part] = (ushort)nearest[row];
        }
    }

    private float[] Transposed()
    {
        var turned = new float[codebooks.Length];
        for (var part = 0; part < M; part++)
        {
            var from = Codebook(part);
            var to = turned.AsSpan(part * from.Length, from.Length);
            for (var j = 0; j < Centroids; j++)
            for (var k = 0; k < PartDimension; k++)
                to[(k * Centroids) + j] = from[(j * PartDimension) + k];
        }
        return turned;
    }
}
