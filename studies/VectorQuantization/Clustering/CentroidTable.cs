using System.Runtime.CompilerServices;
using VectorQuantization.Numerics;

namespace VectorQuantization.Clustering;

/// <summary>Centroids laid out for finding the nearest of them, of many rows.</summary>
/// <remarks>Distances are taken around the centroids' mean, so that data far from zero lose no digits. Thread-safe once filled.</remarks>
public sealed unsafe class CentroidTable : IDisposable
{
    private readonly AlignedFloats interleaved;
    private readonly AlignedFloats minusHalfNorms;
    private readonly float[] offset;

    [ThreadStatic]
    private static AlignedFloats? scratch;

    /// <summary>Room for <paramref name="count"/> centroids.</summary>
    public CentroidTable(int count, int dimension)
    {
        Count = count;
        Dimension = dimension;
        interleaved = new AlignedFloats(checked(Groups * NearestKernel.Group * dimension));
        minusHalfNorms = new AlignedFloats(Groups * NearestKernel.Group);
        offset = new float[dimension];
    }

    /// <summary>Centroids.</summary>
    public int Count { get; }

    /// <summary>Coordinates.</summary>
    public int Dimension { get; }

    private int Groups => (Count + NearestKernel.Group - 1) / NearestKernel.Group;

    /// <summary>These centroids, for rows as they are.</summary>
    /// <param name="centroids">Row-major.</param>
    /// <param name="dimension">Coordinates.</param>
    public static CentroidTable Of(ReadOnlySpan<float> centroids, int dimension)
    {
        var table = new CentroidTable(centroids.Length / dimension, dimension);
        for (var k = 0; k < dimension; k++)
        {
            double sum = 0;
            for (var j = 0; j < table.Count; j++)
                sum += centroids[(j * dimension) + k];
            table.offset[k] = (float)(sum / table.Count);
        }
        table.Fill(centroids);
        return table;
    }

    /// <summary>The nearest centroid of each row, ties to the lower number.</summary>
    /// <param name="rows">The first row begins here; only the centroids' coordinates of each row are looked at.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="ids">One a row.</param>
    public void Nearest(ReadOnlySpan<float> rows, int stride, Span<int> ids)
    {
        var needed = RowTiles.Height * (Dimension + 1);
        if (scratch is null || scratch.Length < needed)
            scratch = new AlignedFloats(needed);
        var found = stackalloc int[RowTiles.Height];
        fixed (float* from = rows)
        fixed (float* less = offset)
        {
            for (var first = 0; first < ids.Length; first += RowTiles.Height)
            {
                var count = Math.Min(RowTiles.Height, ids.Length - first);
                Transposition.Apply(from + ((nint)first * stride), stride, count, Dimension, less, scratch.Pointer);
                Find(scratch.Pointer, scratch.Pointer + (RowTiles.Height * Dimension), found);
                new Span<int>(found, count).CopyTo(ids[first..]);
            }
        }
    }

    /// <summary>Takes these centroids, whose rows come with the same offset taken off.</summary>
    internal void Fill(ReadOnlySpan<float> centroids)
    {
        const int group = NearestKernel.Group;
        interleaved.Span.Clear();
        minusHalfNorms.Span.Fill(float.NegativeInfinity);
        for (var j = 0; j < Count; j++)
        {
            double norm = 0;
            var to = interleaved.Pointer + ((nint)(j / group) * Dimension * group) + (j % group);
            for (var k = 0; k < Dimension; k++)
            {
                var value = centroids[(j * Dimension) + k] - offset[k];
                to[k * group] = value;
                norm += (double)value * value;
            }
            minusHalfNorms.Pointer[j] = (float)(-norm / 2);
        }
    }

    /// <summary>The nearest centroids of a tile's 64 rows, and x·c − |c|²/2 of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Find(float* tile, float* scores, int* ids) =>
        NearestKernel.Find(tile, Dimension, interleaved.Pointer, minusHalfNorms.Pointer, Groups, scores, ids);

    /// <inheritdoc />
    public void Dispose()
    {
        interleaved.Dispose();
        minusHalfNorms.Dispose();
    }
}
