namespace VectorQuantization.Vectors;

/// <summary>Some rows of another set, anywhere in it. Does not own that set.</summary>
/// <param name="whole">The set that they belong to.</param>
/// <param name="numbers">Which rows of it, in the order that they have here; kept, not copied.</param>
public sealed class SelectedVectors(VectorSet whole, long[] numbers)
    : VectorSet(whole.Origin, numbers.Length, whole.Dimension)
{
    /// <inheritdoc />
    public override ElementType Element => whole.Element;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        var asked = RowsAsked(first, rows);
        for (var i = 0; i < asked; i++)
            whole.Read(numbers[first + i], rows.Slice(i * Dimension, Dimension));
    }
}
