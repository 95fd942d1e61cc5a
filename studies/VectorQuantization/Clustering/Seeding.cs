using VectorQuantization.Numerics;

namespace VectorQuantization.Clustering;

/// <summary>Starting points for k-means: k-means++ on a drawn sample.</summary>
/// <remarks>
/// Each centroid is a row drawn with a probability in proportion to its squared distance from those before. On 16 rows a
/// centroid, this takes a twentieth of the time of Lloyd's iterations on all rows, and ends as well.
/// </remarks>
internal static unsafe class Seeding
{
    private const int RowsPerCentroid = 16;

    /// <summary>Chooses rows as centroids.</summary>
    /// <returns>Row-major.</returns>
    public static float[] Choose(TileSlice rows, int count, RandomSequence random)
    {
        using var sample = Sample(rows, Math.Min(rows.Rows, Math.Max(1024, RowsPerCentroid * count)), random);
        var whole = new TileSlice(sample, 0, sample.Dimension);
        var centroids = new float[count * rows.Dimension];
        using var distances = new AlignedFloats(sample.Count * RowTiles.Height);
        // What fills up the last tile has no weight, and is never drawn.
        distances.Span.Clear();
        distances.Span[..sample.Rows].Fill(float.PositiveInfinity);
        var sums = new double[sample.Count];
        var chosen = (int)random.NextBelow(sample.Rows);
        for (var j = 0; j < count; j++)
        {
            var centre = centroids.AsSpan(j * rows.Dimension, rows.Dimension);
            whole.CopyRow(chosen, centre);
            if (j + 1 < count)
                chosen = Next(whole, centre, distances, sums, random);
        }
        return centroids;
    }

    private static int Next(
        TileSlice rows,
        ReadOnlySpan<float> centre,
        AlignedFloats distances,
        double[] sums,
        RandomSequence random
    )
    {
        double total = 0;
        fixed (float* at = centre)
        {
            for (var tile = 0; tile < rows.Count; tile++)
            {
                sums[tile] = NearestKernel.Lower(
                    rows.Tile(tile),
                    rows.Dimension,
                    at,
                    distances.Pointer + (tile * RowTiles.Height)
                );
                total += sums[tile];
            }
        }
        return Draw(distances.Span[..rows.Rows], sums, total, random);
    }

    /// <summary>A row, with a probability in proportion to its weight; any row where all weights are zero.</summary>
    /// <param name="weights">One a row.</param>
    /// <param name="sums">Of the weights of each tile of 64 rows.</param>
    /// <param name="total">Of all.</param>
    /// <param name="random">Draws.</param>
    public static int Draw(ReadOnlySpan<float> weights, double[] sums, double total, RandomSequence random)
    {
        if (!(total > 0))
            return (int)random.NextBelow(weights.Length);
        var left = random.NextDouble() * total;
        var tile = 0;
        while (tile < sums.Length - 1 && left >= sums[tile])
            left -= sums[tile++];
        var last = Math.Min(weights.Length, (tile + 1) * RowTiles.Height) - 1;
        var row = tile * RowTiles.Height;
        while (row < last && left >= weights[row])
            left -= weights[row++];
        return row;
    }

    private static RowTiles Sample(TileSlice rows, int count, RandomSequence random)
    {
        var sample = new RowTiles(count, rows.Dimension);
        var chosen = random.Sample(rows.Rows, count);
        for (var i = 0; i < count; i++)
        {
            var from = rows.Tile((int)chosen[i] / RowTiles.Height) + (chosen[i] % RowTiles.Height);
            var to = sample.Tile(i / RowTiles.Height, 0) + (i % RowTiles.Height);
            for (var k = 0; k < rows.Dimension; k++)
                to[k * RowTiles.Height] = from[k * RowTiles.Height];
        }
        return sample;
    }
}
