using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>Rows of a table that is stored in chunks, packed or not. Owns the file.</summary>
internal sealed class Hdf5Vectors : BlockVectors
{
    /// <summary>Small chunks are decoded several at once.</summary>
    private const int FloatsAtOnce = 1 << 16;

    private readonly ByteRegion bytes;
    private readonly Hdf5Shape shape;
    private readonly Hdf5Chunks chunks;
    private readonly Hdf5Filters filters;

    public Hdf5Vectors(string origin, ByteRegion bytes, Hdf5Shape shape, Hdf5Chunks chunks, Hdf5Filters filters)
        : base(origin, Starts(shape, chunks), shape.Columns)
    {
        (this.bytes, this.shape, this.chunks, this.filters) = (bytes, shape, chunks, filters);
        RequireInside();
    }

    public override ElementType Element => shape.Element;

    internal override void ReadStored(long first, Span<byte> rows)
    {
        var rowBytes = shape.Columns * shape.ElementBytes;
        var count = rows.Length / rowBytes;
        var plain = new byte[chunks.ChunkBytes];
        for (var gridRow = first / chunks.ChunkRows; gridRow * chunks.ChunkRows < first + count; gridRow++)
        {
            for (var gridColumn = 0; gridColumn < chunks.GridColumns; gridColumn++)
            {
                var chunk = Plain(chunks.At(gridRow, gridColumn), plain);
                var (left, width) = Columns(gridColumn);
                foreach (var row in RowsOf(gridRow, first, count))
                    Part(chunk, row, width)
                        .CopyTo(rows[(int)(((row - first) * rowBytes) + (left * shape.ElementBytes))..]);
            }
        }
    }

    protected override void Decode(int block, long first, Span<float> rows)
    {
        var count = rows.Length / shape.Columns;
        var plain = new byte[chunks.ChunkBytes];
        for (var gridRow = first / chunks.ChunkRows; gridRow * chunks.ChunkRows < first + count; gridRow++)
        {
            for (var gridColumn = 0; gridColumn < chunks.GridColumns; gridColumn++)
            {
                var chunk = Plain(chunks.At(gridRow, gridColumn), plain);
                var (left, width) = Columns(gridColumn);
                foreach (var row in RowsOf(gridRow, first, count))
                    Conversion.ToSingle(
                        shape.Element,
                        Part(chunk, row, width),
                        rows.Slice((int)(((row - first) * shape.Columns) + left), width)
                    );
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        bytes.Dispose();
        base.Dispose(disposing);
    }

    private static long[] Starts(Hdf5Shape shape, Hdf5Chunks chunks)
    {
        long rows = chunks.ChunkRows * Math.Max(1L, FloatsAtOnce / ((long)chunks.ChunkRows * shape.Columns));
        var starts = new long[((shape.Rows + rows - 1) / rows) + 1];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = Math.Min(shape.Rows, i * rows);
        return starts;
    }

    private void RequireInside()
    {
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            if (chunk.Address == Hdf5Bytes.Undefined)
                continue;
            Hdf5Damage.Require(
                !filters.IsNone || chunk.Bytes == chunks.ChunkBytes,
                $"chunk {i} of {chunks.Count} has {chunk.Bytes} bytes where {chunks.ChunkBytes} are needed"
            );
            Hdf5Damage.Require(
                chunk.Address >= 0 && chunk.Bytes >= 0 && chunk.Address <= bytes.Length - chunk.Bytes,
                $"chunk {i} of {chunks.Count} lies beyond the end of the file, which has {bytes.Length} bytes"
            );
        }
    }

    private ReadOnlySpan<byte> Plain(Hdf5Chunk chunk, byte[] plain)
    {
        if (chunk.Address == Hdf5Bytes.Undefined)
        {
            // Never written: zeros, unless the file says otherwise, which nobody's vectors do.
            Array.Clear(plain);
            return plain;
        }
        var stored = bytes.Span(chunk.Address, chunk.Bytes);
        if (filters.IsNone)
            return stored;
        Hdf5Damage.Guard(
            Origin,
            () =>
            {
                filters.Undo(bytes.Span(chunk.Address, chunk.Bytes), chunk.Skipped, plain, shape.ElementBytes);
                return true;
            }
        );
        return plain;
    }

    private (int Left, int Width) Columns(int gridColumn)
    {
        var left = gridColumn * chunks.ChunkColumns;
        return (left, Math.Min(chunks.ChunkColumns, shape.Columns - left));
    }

    private IEnumerable<long> RowsOf(long gridRow, long first, int count)
    {
        var start = gridRow * chunks.ChunkRows;
        var end = Math.Min(start + chunks.ChunkRows, first + count);
        for (var row = Math.Max(start, first); row < end; row++)
            yield return row;
    }

    private ReadOnlySpan<byte> Part(ReadOnlySpan<byte> chunk, long row, int width) =>
        chunk.Slice(
            (int)(row % chunks.ChunkRows) * chunks.ChunkColumns * shape.ElementBytes,
            width * shape.ElementBytes
        );
}
