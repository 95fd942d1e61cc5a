using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>The first rows of a set that belongs to this one and is disposed of with it.</summary>
internal sealed class FirstRows(VectorSet whole, long count) : VectorSet(whole.Origin, count, whole.Dimension)
{
    public override ElementType Element => whole.Element;

    public override long ResidentBytes => whole.ResidentBytes;

    public override void Read(long first, Span<float> rows)
    {
        RowsAsked(first, rows);
        whole.Read(first, rows);
    }

    public override bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows) =>
        whole.TryGet(first, rowCount, out rows);

    protected override void Dispose(bool disposing)
    {
        whole.Dispose();
        base.Dispose(disposing);
    }
}
