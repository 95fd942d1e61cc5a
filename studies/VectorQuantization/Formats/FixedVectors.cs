using System.Runtime.InteropServices;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Rows of one size in a mapped file. Owns the mapping.</summary>
public sealed class FixedVectors : StoredVectors
{
    // A conversion's output is checked while it is still in the second-level cache.
    private const int FloatsAtOnce = 1 << 15;

    private readonly ByteRegion bytes;
    private readonly RowLayout layout;
    private readonly int stepRows;
    private readonly byte[] known;

    /// <summary>Rows in <paramref name="bytes"/>.</summary>
    /// <param name="origin">What the user called the file.</param>
    /// <param name="bytes">The file; disposed of with this.</param>
    /// <param name="layout">Where the rows are; within <paramref name="bytes"/>.</param>
    public FixedVectors(string origin, ByteRegion bytes, RowLayout layout)
        : base(origin, layout.Count, layout.Dimension)
    {
        this.bytes = bytes;
        this.layout = layout;
        stepRows = Math.Max(1, FloatsAtOnce / layout.Dimension);
        known = layout.Element == ElementType.Float32 ? new byte[(layout.Count + stepRows - 1) / stepRows] : [];
    }

    /// <inheritdoc />
    public override ElementType Element => layout.Element;

    /// <inheritdoc />
    public override long ResidentBytes => bytes.ResidentBytes;

    /// <inheritdoc />
    public override void Read(long first, Span<float> rows)
    {
        var asked = RowsAsked(first, rows);
        var step = layout.IsDense ? stepRows : 1;
        for (var at = 0; at < asked; at += step)
        {
            var count = Math.Min(step, asked - at);
            var target = rows.Slice(at * Dimension, count * Dimension);
            if (layout.HasCounts)
                CheckCount(first + at);
            Conversion.ToSingle(layout.Element, Stored(first + at, count), target);
            CheckFinite(first + at, target);
        }
    }

    /// <inheritdoc />
    public override bool TryGet(long first, int rowCount, out ReadOnlySpan<float> rows)
    {
        if (layout.Element != ElementType.Float32 || !layout.IsDense || (long)rowCount * layout.RowBytes > int.MaxValue)
            return base.TryGet(first, rowCount, out rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + rowCount, Count);
        for (var step = first / stepRows; step * stepRows < first + rowCount; step++)
            CheckStep(step);
        rows = MemoryMarshal.Cast<byte, float>(Stored(first, rowCount));
        return true;
    }

    internal override void ReadStored(long first, Span<byte> rows)
    {
        for (var at = 0; at < rows.Length; at += layout.RowBytes)
        {
            var row = first + (at / layout.RowBytes);
            if (layout.HasCounts)
                CheckCount(row);
            Stored(row, 1).CopyTo(rows[at..]);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        bytes.Dispose();
        base.Dispose(disposing);
    }

    private ReadOnlySpan<byte> Stored(long row, int count) =>
        bytes.Span(layout.Start + (row * layout.Stride), count * layout.RowBytes);

    // Rows that are handed out where they lie are looked through once, however often they are asked for.
    private void CheckStep(long step)
    {
        if (Volatile.Read(ref known[step]) != 0)
            return;
        var from = step * stepRows;
        var count = (int)Math.Min(stepRows, Count - from);
        CheckFinite(from, MemoryMarshal.Cast<byte, float>(Stored(from, count)));
        Volatile.Write(ref known[step], 1);
    }

    private void CheckCount(long row)
    {
        var said = bytes.Int32(layout.Start + (row * layout.Stride) - sizeof(int));
        if (said != Dimension)
            throw new BadInputException(
                $"'{Origin}': row {row} says that it has {said} coordinates, the first row has {Dimension}. The file is damaged, "
                    + "or no TEXMEX file of this element type."
            );
    }

    private void CheckFinite(long first, ReadOnlySpan<float> rows)
    {
        if (layout.Element is not (ElementType.Float16 or ElementType.Float32 or ElementType.Float64))
            return;
        var at = Finite.FirstOther(rows);
        if (at >= 0)
            throw NotFinite.At(Origin, first + (at / Dimension), at % Dimension, rows[at]);
    }
}
