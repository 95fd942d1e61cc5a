namespace VectorQuantization.Numerics;

/// <summary>Multiplies with an orthogonal matrix.</summary>
public sealed class DenseRotation : Rotation
{
    private readonly float[] matrix;
    private readonly PackedRows forward;
    private readonly Lazy<PackedRows> back;

    /// <param name="matrix">Row-major, orthogonal; kept, not copied.</param>
    /// <param name="dimension">Rows and columns.</param>
    public DenseRotation(float[] matrix, int dimension)
        : base(dimension)
    {
        this.matrix = matrix;
        forward = PackedRows.Of(matrix, dimension);
        back = new(() => PackedRows.Of(Transposed(), dimension));
    }

    /// <summary>Row-major.</summary>
    public ReadOnlySpan<float> Matrix => matrix;

    /// <inheritdoc />
    public override long Bytes => (long)sizeof(float) * matrix.Length;

    /// <inheritdoc />
    public override void Apply(ReadOnlySpan<float> rows, Span<float> to) => MatrixProduct.Multiply(rows, forward, to);

    /// <inheritdoc />
    public override void ApplyToOne(ReadOnlySpan<float> row, Span<float> to)
    {
        for (var i = 0; i < Dimension; i++)
            to[i] = Kernels.Dot(matrix.AsSpan(i * Dimension, Dimension), row);
    }

    /// <inheritdoc />
    public override void Undo(ReadOnlySpan<float> rows, Span<float> to) => MatrixProduct.Multiply(rows, back.Value, to);

    private float[] Transposed()
    {
        var transposed = new float[matrix.Length];
        for (var i = 0; i < Dimension; i++)
        for (var j = 0; j < Dimension; j++)
            transposed[(j * Dimension) + i] = matrix[(i * Dimension) + j];
        return transposed;
    }
}
