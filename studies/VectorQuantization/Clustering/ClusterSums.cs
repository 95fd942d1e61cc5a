using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Numerics;

namespace VectorQuantization.Clustering;

/// <summary>Sums of the rows of each cluster.</summary>
/// <remarks>
/// Each thread takes some coordinates of all rows, so that every sum is taken in the order of rows, whatever the threads: in single
/// precision over 4096 rows, and in double over those.
/// </remarks>
internal sealed unsafe class ClusterSums(TileSlice rows, int clusters)
{
    // Coordinates that are summed in one pass over the rows: few enough that 256 clusters' sums stay in the first-level cache, many
    // enough that a visit to a tile is worth it.
    private const int Together = 16;
    private const int TilesPerFold = 64;

    private readonly double[] sums = new double[(rows.Dimension + 3) / 4 * 4 * clusters];

    /// <summary>The sum of one coordinate over a cluster.</summary>
    public double this[int cluster, int coordinate] =>
        sums[((coordinate / 4 * clusters) + cluster) * 4 + (coordinate % 4)];

    /// <summary>Sums up anew.</summary>
    /// <param name="ids">The cluster of each row.</param>
    /// <param name="threads">To keep busy.</param>
    public void Take(int[] ids, int threads)
    {
        Array.Clear(sums);
        var each = (rows.Dimension + threads - 1) / threads;
        RowBlocks.ForEach(
            rows.Dimension,
            Math.Min(Together, (each + 3) / 4 * 4),
            threads,
            (_, first, coordinates) => Pass((int)first, coordinates, ids)
        );
    }

    private void Pass(int first, int coordinates, int[] ids)
    {
        var partial = new float[clusters * ((coordinates + 3) / 4 * 4)];
        fixed (float* to = partial)
        fixed (int* of = ids)
        {
            for (var tile = 0; tile < rows.Count; tile++)
            {
                for (var k = 0; k < coordinates; k += 4)
                    AddTile(
                        tile,
                        first + k,
                        Math.Min(4, coordinates - k),
                        of + (tile * RowTiles.Height),
                        to + (k * clusters)
                    );
                if ((tile + 1) % TilesPerFold == 0 || tile + 1 == rows.Count)
                    Fold(partial, sums.AsSpan(first * clusters, partial.Length));
            }
        }
    }

    private void AddTile(int tile, int coordinate, int coordinates, int* ids, float* to)
    {
        var from = rows.Tile(tile) + (coordinate * RowTiles.Height);
        var height = rows.RowsOf(tile);
        var row = 0;
        for (; coordinates == 4 && row <= height - 4; row += 4)
            AddFour(from + row, ids + row, to);
        for (; row < height; row++)
        for (var k = 0; k < coordinates; k++)
            to[(ids[row] * 4) + k] += from[(k * RowTiles.Height) + row];
    }

    // Four coordinates of four rows, turned so that each row's lie in one vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(float* from, int* ids, float* to)
    {
        Transposition.Four(
            Vector128.Load(from),
            Vector128.Load(from + RowTiles.Height),
            Vector128.Load(from + (2 * RowTiles.Height)),
            Vector128.Load(from + (3 * RowTiles.Height)),
            out var row0,
            out var row1,
            out var row2,
            out var row3
        );
        Add(row0, to + (ids[0] * 4));
        Add(row1, to + (ids[1] * 4));
        Add(row2, to + (ids[2] * 4));
        Add(row3, to + (ids[3] * 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<float> row, float* to) => (Vector128.Load(to) + row).Store(to);

    private static void Fold(Span<float> partial, Span<double> to)
    {
        for (var i = 0; i < partial.Length; i++)
            to[i] += partial[i];
        partial.Clear();
    }
}
