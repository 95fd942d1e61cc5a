using System.Buffers;
using System.Runtime.InteropServices;
using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Clustering;

/// <summary>Rows as the clustering kernels want them: tiles of 64, transposed, so that a vector register holds one coordinate of many rows.</summary>
/// <remarks>
/// A tile holds its 64 rows' first coordinates, then their second ones, and so on; some coordinates of a tile (those of one
/// sub-quantiser) lie together. Rows that fill up the last tile are zero.
/// </remarks>
public sealed unsafe class RowTiles : IDisposable
{
    /// <summary>Rows a tile: four vectors of 16.</summary>
    public const int Height = 64;

    // A few MiB at a time are read from a set, whatever its rows take.
    internal const int ReadFloats = 1 << 20;

    private float* floats;

    /// <summary>Room for <paramref name="rows"/> rows, all zero.</summary>
    public RowTiles(int rows, int dimension)
    {
        Rows = rows;
        Dimension = dimension;
        var bytes = (nuint)Count * (nuint)(Height * dimension) * sizeof(float);
        floats = (float*)NativeMemory.AlignedAlloc(Math.Max(bytes, 64), 64);
        NativeMemory.Clear(floats, bytes);
    }

    /// <summary>Gives the memory back when nobody disposed of it.</summary>
    ~RowTiles() => NativeMemory.AlignedFree(floats);

    /// <summary>Rows in all.</summary>
    public int Rows { get; }

    /// <summary>Coordinates a row.</summary>
    public int Dimension { get; }

    /// <summary>Tiles in all; the last may be filled up.</summary>
    public int Count => (Rows + Height - 1) / Height;

    /// <summary>What <see cref="Centre"/> took off each row.</summary>
    public float[] Mean { get; private set; } = [];

    /// <summary>Bytes that rows take.</summary>
    public static long Bytes(long rows, int dimension) =>
        sizeof(float) * dimension * ((rows + Height - 1) / Height * Height);

    /// <summary>A set's rows.</summary>
    public static RowTiles Of(VectorSet rows, int threads, CancellationToken stop)
    {
        var tiles = new RowTiles(checked((int)rows.Count), rows.Dimension);
        RowBlocks.ForEach(
            tiles.Rows,
            Math.Max(1, ReadFloats / rows.Dimension / Height) * Height,
            threads,
            (_, first, count) =>
            {
                var rented = ArrayPool<float>.Shared.Rent(count * rows.Dimension);
                var read = rented.AsSpan(0, count * rows.Dimension);
                rows.Read(first, read);
                tiles.Fill((int)first, read);
                ArrayPool<float>.Shared.Return(rented);
            },
            stop
        );
        return tiles;
    }

    /// <summary>Takes rows over, from row <paramref name="first"/> on, which starts a tile.</summary>
    public void Fill(int first, ReadOnlySpan<float> rows)
    {
        var count = rows.Length / Dimension;
        fixed (float* from = rows)
        {
            for (var row = 0; row < count; row += Height)
                Transposition.Apply(
                    from + ((nint)row * Dimension),
                    Dimension,
                    Math.Min(Height, count - row),
                    Dimension,
                    null,
                    Tile((first + row) / Height, 0)
                );
        }
    }

    /// <summary>Takes the mean row off all rows: sums of squares lose fewer digits around zero.</summary>
    public void Centre(int threads)
    {
        var mean = new float[Dimension];
        RowBlocks.ForEach(
            Dimension,
            16,
            threads,
            (_, first, count) =>
            {
                for (var k = (int)first; k < first + count; k++)
                    mean[k] = CentreCoordinate(k);
            }
        );
        Mean = mean;
    }

    /// <summary>One coordinate of the 64 rows of a tile; the coordinates after it follow, 64 floats each.</summary>
    internal float* Tile(int tile, int coordinate) =>
        floats + (((nint)tile * Dimension * Height) + ((nint)coordinate * Height));

    /// <summary>Rows of tile <paramref name="tile"/> that are real ones.</summary>
    internal int RowsOf(int tile) => Math.Min(Height, Rows - (tile * Height));

    private float CentreCoordinate(int k)
    {
        double sum = 0;
        for (var tile = 0; tile < Count; tile++)
        {
            foreach (var value in new ReadOnlySpan<float>(Tile(tile, k), RowsOf(tile)))
                sum += value;
        }
        var mean = (float)(sum / Math.Max(1, Rows));
        for (var tile = 0; tile < Count; tile++)
        {
            foreach (ref var value in new Span<float>(Tile(tile, k), RowsOf(tile)))
                value -= mean;
        }
        return mean;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        NativeMemory.AlignedFree(floats);
        floats = null;
        GC.SuppressFinalize(this);
    }
}
