using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>The k nearest rows of a base, by brute force, without an error: the ground truth.</summary>
/// <remarks>
/// <para>
/// What comes out is what <see cref="ExactDistance"/> of every pair, sorted, ties to the lower row, would give: on integers the
/// answer of integer arithmetic, on any other floats that of double precision. Single precision is used to find out which pairs
/// are worth that: a pair is passed over only when it is proven (<see cref="Screening"/>) that k others are nearer.
/// </para>
/// <para>
/// The base is read once for each block of queries, <see cref="BaseBlock.Rows"/> rows at a time, and then those rows once more
/// that came near. The memory it takes is that of one block of queries and does not grow with the base.
/// </para>
/// </remarks>
public sealed class ExactSearch
{
    private const long BlockBytes = 160L << 20;
    private const int MostBlockQueries = 1 << 14;

    private readonly VectorSet source;
    private readonly Metric metric;
    private readonly int k;
    private readonly int threads;
    private readonly int capacity;
    private readonly float[]? centre;

    /// <summary>Searches this base for this many neighbours.</summary>
    /// <param name="source">The base; cosine takes rows of any length.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="k">1 to the number of rows.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="BadInputException">k is beyond the number of rows, or a row can't be used.</exception>
    public ExactSearch(VectorSet source, Metric metric, int k, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        if (k > source.Count)
            throw new BadInputException(
                $"'{source.Origin}' has {source.Count} rows, fewer than the {k} neighbours asked for. Ask for at most {source.Count}."
            );
        // Dividing by a length in double precision keeps more than rows that were brought to length 1 in single precision.
        this.source = metric == Metric.Cosine ? UnitVectors.Stored(source) : source;
        this.metric = metric;
        this.k = k;
        this.threads = threads;
        capacity = (int)Math.Min(source.Count, k + (long)Math.Max(k, 128));
        centre = metric == Metric.L2 ? Centre(source) : null;
        var bytes = (capacity * 32L) + (source.Dimension * 2L * sizeof(float));
        BlockQueries = (int)Math.Clamp(BlockBytes / bytes / 96 * 96, 96, MostBlockQueries);
    }

    /// <summary>How many queries are best answered at once: as many as fit into some 160 MB.</summary>
    public int BlockQueries { get; }

    /// <summary>The neighbours of all queries.</summary>
    /// <param name="source">The base.</param>
    /// <param name="queries">Of the same dimension.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="k">1 to the number of base rows.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="BadInputException">Dimensions differ, k is too large, or a row can't be used.</exception>
    public static NeighbourTable Find(
        VectorSet source,
        VectorSet queries,
        Metric metric,
        int k,
        int threads,
        CancellationToken stop
    )
    {
        var search = new ExactSearch(source, metric, k, threads);
        var ids = new long[checked((int)(queries.Count * k))];
        var distances = new double[ids.Length];
        for (var first = 0; first < queries.Count; first += search.BlockQueries)
        {
            var count = (int)Math.Min(search.BlockQueries, queries.Count - first);
            var (from, length) = (first * k, count * k);
            search.Answer(
                queries,
                first,
                default,
                ids.AsMemory(from, length),
                distances.AsMemory(from, length),
                null,
                stop
            );
        }
        return new NeighbourTable(k, ids, Array.ConvertAll(distances, distance => (float)distance));
    }

    /// <summary>The neighbours of some queries, held in memory together: take <see cref="BlockQueries"/> of them or fewer.</summary>
    /// <param name="queries">Of the base's dimension.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="own">Which base row each is, to be left out of its answer (−1: none); empty: no row is left out.</param>
    /// <param name="ids">k a query, nearest first; says how many queries. −1 where there are fewer than k rows.</param>
    /// <param name="distances">Beside <paramref name="ids"/>; +∞ where that is −1.</param>
    /// <param name="advanced">Told after each piece of work how many rows of the base are done with.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="BadInputException">Dimensions differ, or a row can't be used.</exception>
    public void Answer(
        VectorSet queries,
        long first,
        ReadOnlyMemory<long> own,
        Memory<long> ids,
        Memory<double> distances,
        Action<long>? advanced = null,
        CancellationToken stop = default
    )
    {
        if (queries.Dimension != source.Dimension)
            throw new BadInputException(
                $"'{queries.Origin}' has {queries.Dimension} dimensions, but the base '{source.Origin}' has {source.Dimension}. "
                    + "Queries and base have to come from the same space."
            );
        var count = ids.Length / k;
        var rows = new float[checked(count * source.Dimension)];
        var stored = metric == Metric.Cosine ? UnitVectors.Stored(queries) : queries;
        stored.Read(first, rows);
        using var block = new QueryBlock(stored, first, rows, own, metric, centre);
        using var candidates = new CandidateLists(block, source, k, capacity);
        Screen(block, candidates, advanced, stop);
        new FinalRanking(block, candidates, source, threads).Write(k, ids, distances, stop);
    }

    private void Screen(QueryBlock queries, CandidateLists candidates, Action<long>? advanced, CancellationToken stop)
    {
        using var block = new BaseBlock(source, metric, centre);
        var tiles = TilesAtOnce(queries.Tiles);
        for (long first = 0; first < source.Count; first += BaseBlock.Rows)
        {
            var rows = (int)Math.Min(BaseBlock.Rows, source.Count - first);
            block.Load(first, rows, threads);
            RowBlocks.ForEach(
                queries.Tiles,
                tiles,
                threads,
                (_, tile, count) => BlockScan.Run(queries, (int)tile, count, block, source.Dimension, candidates),
                stop
            );
            advanced?.Invoke(first + rows);
        }
    }

    // Few enough that a panel and they stay in the second-level cache, and that each thread has several shares.
    private int TilesAtOnce(int tiles)
    {
        const int CacheBytes = 320 << 10;
        var fitting = CacheBytes / (TileKernel.Rows * sizeof(float) * source.Dimension);
        return Math.Clamp(Math.Min(fitting, tiles / (4 * threads)), 1, 16);
    }

    // Of a sample: any point does, one amid the rows makes the bounds narrow.
    private static float[] Centre(VectorSet source)
    {
        const int Sample = 1000;
        var sums = new double[source.Dimension];
        var row = new float[source.Dimension];
        var taken = (int)Math.Min(Sample, source.Count);
        for (var i = 0; i < taken; i++)
        {
            source.Read(i * (source.Count / taken), row);
            for (var k = 0; k < row.Length; k++)
                sums[k] += row[k];
        }
        // Whole numbers stay whole when whole numbers are subtracted from them.
        return Array.ConvertAll(sums, sum => double.IsFinite(sum) ? (float)Math.Round(sum / taken) : 0);
    }
}
