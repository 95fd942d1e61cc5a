namespace VectorQuantization.Numerics;

/// <summary>An orthogonal map of rows, which leaves lengths and angles as they are. Thread-safe.</summary>
/// <param name="dimension">Coordinates a row.</param>
public abstract class Rotation(int dimension)
{
    /// <summary>Coordinates a row.</summary>
    public int Dimension => dimension;

    /// <summary>Bytes of what it keeps.</summary>
    public abstract long Bytes { get; }

    /// <summary>Turns rows. A row comes out the same to the last bit whatever rows are beside it.</summary>
    /// <param name="rows">Whole rows.</param>
    /// <param name="to">As long; not the same memory. Overwritten.</param>
    public abstract void Apply(ReadOnlySpan<float> rows, Span<float> to);

    /// <summary>Turns one row, as fast as that goes; its last bits may differ from those of <see cref="Apply"/>.</summary>
    public abstract void ApplyToOne(ReadOnlySpan<float> row, Span<float> to);

    /// <summary>Turns rows back.</summary>
    public abstract void Undo(ReadOnlySpan<float> rows, Span<float> to);
}
