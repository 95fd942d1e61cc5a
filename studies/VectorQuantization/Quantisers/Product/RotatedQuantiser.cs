using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Optimised product quantisation: rows are turned by a learnt rotation, and what comes out is product-quantised.</summary>
/// <remarks>T. Ge, K. He, Q. Ke, J. Sun, "Optimized product quantization" (2013).</remarks>
public sealed class RotatedQuantiser : Quantiser, IDisposable
{
    private const int BlockRows = 96;

    private readonly float[] rotation;
    private readonly PackedRows forth;
    private readonly PackedRows back;

    /// <summary>A quantiser of known parts.</summary>
    /// <param name="rotation">Orthogonal, row-major; a row x becomes Rx. Kept, not copied.</param>
    /// <param name="product">Codes turned rows.</param>
    public RotatedQuantiser(float[] rotation, ProductQuantiser product)
    {
        var d = product.Dimension;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rotation.Length, d * d, nameof(rotation));
        (this.rotation, Product) = (rotation, product);
        forth = PackedRows.Of(rotation, d);
        var turned = new float[rotation.Length];
        PolarDecomposition.Transpose(rotation, d, turned);
        back = PackedRows.Of(turned, d);
    }

    /// <inheritdoc />
    public override string Method => "opq";

    /// <inheritdoc />
    public override int Dimension => Product.Dimension;

    /// <summary>Codes turned rows.</summary>
    public ProductQuantiser Product { get; }

    /// <summary>The rotation, row-major.</summary>
    public ReadOnlySpan<float> Rotation => rotation;

    /// <inheritdoc />
    public override int CodeBytes => Product.CodeBytes;

    /// <inheritdoc />
    public override long ModelBytes => Product.ModelBytes + (sizeof(float) * (long)rotation.Length);

    /// <summary>Turns rows: what <see cref="Product"/> codes, and what a query is to become before its tables.</summary>
    /// <param name="rows">Row-major.</param>
    /// <param name="turned">As long; overwritten.</param>
    public void Turn(ReadOnlySpan<float> rows, Span<float> turned) => MatrixProduct.Multiply(rows, forth, turned);

    /// <inheritdoc />
    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes)
    {
        var turned = new float[Math.Min(rows.Length, BlockRows * Dimension)];
        for (var at = 0; at < rows.Length; at += turned.Length)
        {
            var block = rows.Slice(at, Math.Min(turned.Length, rows.Length - at));
            Turn(block, turned);
            Product.Encode(turned.AsSpan(0, block.Length), codes[(at / Dimension * CodeBytes)..]);
        }
    }

    /// <inheritdoc />
    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows)
    {
        var turned = new float[Math.Min(rows.Length, BlockRows * Dimension)];
        for (var at = 0; at < rows.Length; at += turned.Length)
        {
            var block = rows.Slice(at, Math.Min(turned.Length, rows.Length - at));
            var coded = turned.AsSpan(0, block.Length);
            Product.Decode(codes[(at / Dimension * CodeBytes)..], coded);
            MatrixProduct.Multiply(coded, back, block);
        }
    }

    /// <inheritdoc />
    public override DistanceEstimator EstimatorOf(Metric metric) =>
        new TurnedEstimator(this, new ProductEstimator(Product, metric));

    /// <inheritdoc />
    public override void Write(BinaryWriter to)
    {
        Product.Write(to);
        to.WriteFloats(rotation);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RotatedQuantiser Load(BinaryReader from)
    {
        var product = ProductQuantiser.Load(from);
        var rotation = from.ReadFloats(checked(product.Dimension * product.Dimension));
        return new RotatedQuantiser(rotation, product);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Product.Dispose();
        forth.Dispose();
        back.Dispose();
    }

    // A rotation keeps distances and inner products: turning the query is enough.
    private sealed class TurnedEstimator(RotatedQuantiser quantiser, TableEstimator product) : TableEstimator
    {
        private readonly float[] turned = new float[quantiser.Dimension];

        public override int Parts => product.Parts;

        public override int Bits => product.Bits;

        public override ReadOnlySpan<float> Tables => product.Tables;

        public override void Prepare(ReadOnlySpan<float> query)
        {
            quantiser.Turn(query, turned);
            product.Prepare(turned);
        }

        public override void TakeTables(ReadOnlySpan<float> tables) => product.TakeTables(tables);

        public override void Distances(ReadOnlySpan<byte> codes, Span<float> distances) =>
            product.Distances(codes, distances);
    }
}
