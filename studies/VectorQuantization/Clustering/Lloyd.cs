using VectorQuantization.Numerics;

namespace VectorQuantization.Clustering;

/// <summary>Lloyd's iterations over rows in tiles.</summary>
internal sealed unsafe class Lloyd : IDisposable
{
    // Rows that one thread takes at a time.
    private const int TilesPerBlock = 16;

    private readonly TileSlice rows;
    private readonly int count;
    private readonly int threads;
    private readonly CentroidTable table;
    private readonly int[] ids;
    private readonly float[] squares;
    private readonly float[] distances;
    private readonly double[] errors;
    private readonly ClusterSums sums;
    private readonly int[] sizes;

    public Lloyd(TileSlice rows, int count, int threads)
    {
        this.rows = rows;
        this.count = count;
        this.threads = threads;
        table = new CentroidTable(count, rows.Dimension);
        ids = new int[rows.Count * RowTiles.Height];
        squares = new float[rows.Count * RowTiles.Height];
        distances = new float[rows.Count * RowTiles.Height];
        errors = new double[rows.Count];
        sums = new ClusterSums(rows, count);
        sizes = new int[count];
        Blocks(SumSquares);
    }

    /// <summary>The centroid of each row when rows were last assigned; room for rows that fill up the last tile follows.</summary>
    public int[] Ids => ids;

    /// <summary>Moves the centroids.</summary>
    /// <param name="centroids">Row-major: where they start, and then where they end.</param>
    /// <param name="iterations">At most.</param>
    /// <param name="random">Draws rows for centroids that lost all theirs.</param>
    /// <param name="stop">Looked at between iterations.</param>
    /// <returns>The error when rows were last assigned, and the iterations made.</returns>
    public (double Error, int Iterations) Run(
        Span<float> centroids,
        int iterations,
        RandomSequence random,
        CancellationToken stop
    )
    {
        Array.Fill(ids, -1);
        double error = 0;
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            stop.ThrowIfCancellationRequested();
            table.Fill(centroids);
            var changed = Assign();
            error = errors.Sum();
            if (!changed)
                return (error, iteration);
            Average(centroids);
            Refill(centroids, error, random);
        }
        return (error, iterations);
    }

    private bool Assign()
    {
        var changed = false;
        Blocks(tile =>
        {
            if (Assign(tile))
                Volatile.Write(ref changed, true);
        });
        return changed;
    }

    private bool Assign(int tile)
    {
        var scores = stackalloc float[RowTiles.Height];
        var found = stackalloc int[RowTiles.Height];
        table.Find(rows.Tile(tile), scores, found);
        var first = tile * RowTiles.Height;
        var nearest = new ReadOnlySpan<int>(found, RowTiles.Height);
        var before = ids.AsSpan(first, RowTiles.Height);
        var changed = !nearest.SequenceEqual(before);
        nearest.CopyTo(before);
        double error = 0;
        for (var row = 0; row < rows.RowsOf(tile); row++)
        {
            var distance = Math.Max(0, squares[first + row] - (2 * scores[row]));
            distances[first + row] = distance;
            error += distance;
        }
        errors[tile] = error;
        return changed;
    }

    private void Average(Span<float> centroids)
    {
        Array.Clear(sizes);
        foreach (var id in ids.AsSpan(0, rows.Rows))
            sizes[id]++;
        sums.Take(ids, threads);
        for (var j = 0; j < count; j++)
        {
            if (sizes[j] == 0)
                continue;
            for (var k = 0; k < rows.Dimension; k++)
                centroids[(j * rows.Dimension) + k] = (float)(sums[j, k] / sizes[j]);
        }
    }

    // A centroid without rows goes where k-means++ would put one more. Where every row lies on its centroid, nothing is to be won.
    private void Refill(Span<float> centroids, double error, RandomSequence random)
    {
        for (var j = 0; j < count; j++)
        {
            if (sizes[j] > 0 || !(error > 0))
                continue;
            var row = Seeding.Draw(distances.AsSpan(0, rows.Rows), errors, error, random);
            rows.CopyRow(row, centroids.Slice(j * rows.Dimension, rows.Dimension));
        }
    }

    private void SumSquares(int tile)
    {
        var from = rows.Tile(tile);
        for (var row = 0; row < RowTiles.Height; row++)
        {
            double sum = 0;
            for (var k = 0; k < rows.Dimension; k++)
            {
                var value = from[(k * RowTiles.Height) + row];
                sum += (double)value * value;
            }
            squares[(tile * RowTiles.Height) + row] = (float)sum;
        }
    }

    private void Blocks(Action<int> work) =>
        RowBlocks.ForEach(
            rows.Count,
            TilesPerBlock,
            threads,
            (_, first, tiles) =>
            {
                for (var tile = (int)first; tile < first + tiles; tile++)
                    work(tile);
            }
        );

    /// <inheritdoc />
    public void Dispose() => table.Dispose();
}
