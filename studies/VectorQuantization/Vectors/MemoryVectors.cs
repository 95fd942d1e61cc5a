namespace VectorQuantization.Vectors;

/// <summary>Rows in one array.</summary>
/// <param name="origin">What the user called it.</param>
/// <param name="values">Row-major; kept, not copied.</param>
/// <param name="dimension">Coordinates a row; divides the array's length.</param>
public sealed class MemoryVectors(string origin, float[] values, int dimension)
    : VectorSet(origin, values.Length / dimension, dimension)
{
    /// <inheritdoc />
    public override ElementType Element => ElementType.Float32;

    /// <inheritdoc />
    public override long ResidentBytes => (long)sizeof(float) * values.Length;

    /// <summary>All rows, row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        RowsAsked(first, rows);
        values.AsSpan((int)first * Dimension, rows.Length).CopyTo(rows);
    }

    /// <inheritdoc />
    public override bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = values.AsSpan((int)first * Dimension, rowCount * Dimension);
        return true;
    }
}
