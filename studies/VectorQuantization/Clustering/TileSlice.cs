namespace VectorQuantization.Clustering;

/// <summary>Some coordinates of all rows, seen as rows of their own: those that one sub-quantiser learns from.</summary>
/// <param name="tiles">The whole rows.</param>
/// <param name="first">The first coordinate.</param>
/// <param name="dimension">How many.</param>
public sealed unsafe class TileSlice(RowTiles tiles, int first, int dimension)
{
    /// <summary>Coordinates a row.</summary>
    public int Dimension { get; } = dimension;

    /// <summary>Rows in all.</summary>
    public int Rows => tiles.Rows;

    /// <summary>Tiles in all.</summary>
    public int Count => tiles.Count;

    /// <summary>The mean that was taken off these coordinates, or nothing.</summary>
    public ReadOnlySpan<float> Mean => tiles.Mean.Length == 0 ? default : tiles.Mean.AsSpan(first, Dimension);

    internal float* Tile(int tile) => tiles.Tile(tile, first);

    internal int RowsOf(int tile) => tiles.RowsOf(tile);

    /// <summary>Copies one row.</summary>
    internal void CopyRow(int row, Span<float> to)
    {
        var from = Tile(row / RowTiles.Height) + (row % RowTiles.Height);
        for (var k = 0; k < to.Length; k++)
            to[k] = from[k * RowTiles.Height];
    }
}
