namespace VectorQuantization.Numerics;

/// <summary>Leaves rows as they are.</summary>
public sealed class NoRotation(int dimension) : Rotation(dimension)
{
    /// <inheritdoc />
    public override long Bytes => 0;

    /// <inheritdoc />
    public override void Apply(ReadOnlySpan<float> rows, Span<float> to) => rows.CopyTo(to);

    /// <inheritdoc />
    public override void ApplyToOne(ReadOnlySpan<float> row, Span<float> to) => row.CopyTo(to);

    /// <inheritdoc />
    public override void Undo(ReadOnlySpan<float> rows, Span<float> to) => rows.CopyTo(to);
}
