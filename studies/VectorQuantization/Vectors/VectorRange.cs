namespace VectorQuantization.Vectors;

/// <summary>Some rows of another set, one after the other. Does not own that set.</summary>
/// <param name="whole">The set that they belong to.</param>
/// <param name="start">Its first row here.</param>
/// <param name="count">How many.</param>
public sealed class VectorRange(VectorSet whole, long start, long count)
    : VectorSet(whole.Origin, count, whole.Dimension)
{
    /// <inheritdoc />
    public override ElementType Element => whole.Element;

    /// <summary>The first row's number in the whole set.</summary>
    public long Start => start;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        RowsAsked(first, rows);
        whole.Read(start + first, rows);
    }

    /// <inheritdoc />
    public override bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows) =>
        whole.TryGet(start + first, rowCount, out rows);
}
