namespace VectorQuantization.Formats.Hdf5;

/// <summary>Where a chunk lies.</summary>
/// <param name="Address">In the file; <see cref="Hdf5Bytes.Undefined"/> for one that was never written.</param>
/// <param name="Bytes">As stored.</param>
/// <param name="Skipped">A bit for each filter that it did without.</param>
internal readonly record struct Hdf5Chunk(long Address, int Bytes, int Skipped);

/// <summary>A table cut into a grid of chunks, all of one shape; those at the edge reach beyond it.</summary>
internal sealed class Hdf5Chunks
{
    /// <summary>Deflate can't make 258 bytes out of less than two bits.</summary>
    private const long MostRatio = 1032;
    private const int MostLevels = 16;

    private readonly Hdf5Chunk[] places;

    /// <summary>A grid without chunks.</summary>
    /// <param name="fileBytes">Length of the file, which tells what can't be.</param>
    /// <param name="shape">The whole table.</param>
    /// <param name="chunkRows">Rows of a chunk.</param>
    /// <param name="chunkColumns">Columns of a chunk.</param>
    public Hdf5Chunks(long fileBytes, Hdf5Shape shape, long chunkRows, long chunkColumns)
    {
        Hdf5Damage.Require(
            chunkRows is > 0 and < int.MaxValue && chunkColumns is > 0 and < int.MaxValue,
            $"chunks are {chunkRows} × {chunkColumns}"
        );
        Hdf5Damage.Require(
            (Int128)chunkRows * chunkColumns * shape.ElementBytes <= Math.Min(int.MaxValue, fileBytes * MostRatio),
            $"a chunk of {chunkRows} × {chunkColumns} is larger than 2 GiB, or than a file of {fileBytes} bytes can hold"
        );
        ChunkRows = (int)chunkRows;
        ChunkColumns = (int)chunkColumns;
        GridRows = (shape.Rows + ChunkRows - 1) / ChunkRows;
        GridColumns = (shape.Columns + ChunkColumns - 1) / ChunkColumns;
        ChunkBytes = ChunkRows * ChunkColumns * shape.ElementBytes;
        Hdf5Damage.Require(
            (Int128)GridRows * GridColumns <= fileBytes,
            $"{shape.Rows} × {shape.Columns} in chunks of {chunkRows} × {chunkColumns} are more chunks than a file of {fileBytes} bytes can hold"
        );
        places = new Hdf5Chunk[GridRows * GridColumns];
        Array.Fill(places, new Hdf5Chunk(Hdf5Bytes.Undefined, 0, 0));
    }

    public int ChunkRows { get; }
    public int ChunkColumns { get; }
    public int ChunkBytes { get; }
    public long GridRows { get; }
    public long GridColumns { get; }
    public int Count => places.Length;

    public ref Hdf5Chunk this[int index] => ref places[index];

    public ref Hdf5Chunk At(long gridRow, long gridColumn) => ref places[(gridRow * GridColumns) + gridColumn];

    /// <summary>Fills the grid from a B-tree of the first version.</summary>
    public void ReadTree(ByteRegion bytes, long node) => ReadTree(bytes, node, MostLevels);

    private void ReadTree(ByteRegion bytes, long node, int levels)
    {
        const int KeyBytes = 8 + (3 * 8);
        if (node == Hdf5Bytes.Undefined)
            return;
        Hdf5Damage.Require(
            levels > 0 && bytes.Span(node, 4).SequenceEqual("TREE"u8) && bytes.Span(node + 4, 1)[0] == 1,
            "the index of the chunks is broken"
        );
        var level = bytes.Span(node + 5, 1)[0];
        var entries = Hdf5Bytes.Unsigned(bytes.Span(node + 6, 2));
        for (var i = 0; i < entries; i++)
        {
            var key = node + 24 + ((long)i * (KeyBytes + 8));
            var child = bytes.Int64(key + KeyBytes);
            if (level > 0)
                ReadTree(bytes, child, levels - 1);
            else
                Place(bytes, key, child);
        }
    }

    private void Place(ByteRegion bytes, long key, long address)
    {
        var (row, column) = (bytes.Int64(key + 8) / ChunkRows, bytes.Int64(key + 16) / ChunkColumns);
        Hdf5Damage.Require(
            row >= 0 && row < GridRows && column >= 0 && column < GridColumns,
            "a chunk lies outside the table"
        );
        At(row, column) = new Hdf5Chunk(address, bytes.Int32(key), bytes.Int32(key + 4));
    }
}
