using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Queries that are answered together, laid out for the kernel, with what screening has to know of each.</summary>
internal sealed unsafe class QueryBlock : IDisposable
{
    private readonly Metric metric;
    private readonly int dimension;
    private readonly ReadOnlyMemory<float> rows;
    private readonly ReadOnlyMemory<long> own;
    private readonly AlignedFloats packed;
    private readonly float[] slopes;
    private readonly float[] limits;
    private readonly double[] lengths;

    /// <param name="queries">Where the rows are from, for messages.</param>
    /// <param name="first">The first row's number there.</param>
    /// <param name="rows">Row-major; kept.</param>
    /// <param name="own">Which base row each query is, −1 for none; empty when no row is to be left out.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="centre">What rows are taken relative to for screening, or null.</param>
    public QueryBlock(
        VectorSet queries,
        long first,
        ReadOnlyMemory<float> rows,
        ReadOnlyMemory<long> own,
        Metric metric,
        float[]? centre
    )
    {
        this.metric = metric;
        this.rows = rows;
        this.own = own;
        dimension = queries.Dimension;
        Count = rows.Length / dimension;
        var step = TileKernel.Rows;
        packed = new AlignedFloats(checked(Tiles * step * dimension));
        slopes = new float[Tiles * step];
        limits = new float[Tiles * step];
        lengths = new double[Count];
        limits.AsSpan().Fill(float.PositiveInfinity);
        var tile = new float[step * dimension];
        for (var query = 0; query < Count; query += step)
            Pack(queries, first, query, Math.Min(step, Count - query), tile, centre);
    }

    /// <summary>How many queries.</summary>
    public int Count { get; }

    /// <summary>Groups of as many queries as the kernel takes at once.</summary>
    public int Tiles => (Count + TileKernel.Rows - 1) / TileKernel.Rows;

    /// <summary>For <see cref="TileKernel.Multiply"/>.</summary>
    public float* Tile(int tile) => packed.Pointer + ((long)tile * TileKernel.Rows * dimension);

    /// <summary>See <see cref="Screening.Slope"/>.</summary>
    public float SlopeOf(int query) => slopes[query];

    /// <summary>Bounds above this are too far; +∞ until k rows were seen.</summary>
    public float LimitOf(int query) => limits[query];

    /// <summary>The query as it came.</summary>
    public ReadOnlySpan<float> Row(int query) => rows.Span.Slice(query * dimension, dimension);

    /// <summary>Whether this base row is the query itself and is to be left out.</summary>
    public bool IsSelf(int query, long row) => !own.IsEmpty && own.Span[query] == row;

    /// <summary>The distance to a row of the base in double precision.</summary>
    public double DistanceTo(int query, ReadOnlySpan<float> row) => ExactDistance.Between(metric, Row(query), row);

    /// <summary>Between which distances a row is whose lower bound in screening is <paramref name="low"/>.</summary>
    public (double Low, double High) Interval(int query, float low, float n)
    {
        var slope = slopes[query];
        if (!float.IsFinite(low) || !float.IsFinite(n) || !float.IsFinite(slope))
            return (double.NegativeInfinity, double.PositiveInfinity);
        var margin = Screening.QueryMargin(metric, lengths[query]);
        var (offset, scale) = Units(query);
        var width = Screening.Width(metric, slope, n, margin);
        return (offset + (scale * (low - margin)), offset + (scale * (low - margin + width)));
    }

    /// <summary>From now on rows are looked at only if they may be as near as this.</summary>
    public void SetLimit(int query, double distance)
    {
        if (!double.IsFinite(distance))
            return;
        var (offset, scale) = Units(query);
        var limit = ((distance - offset) / scale) + Screening.QueryMargin(metric, lengths[query]);
        limits[query] = double.IsNaN(limit) ? float.PositiveInfinity : MathF.BitIncrement((float)limit);
    }

    // The distance is offset + scale · value.
    private (double Offset, double Scale) Units(int query) =>
        metric switch
        {
            Metric.L2 => (lengths[query] * lengths[query], 1),
            Metric.InnerProduct => (0, 1),
            _ => (1, 1 / lengths[query]),
        };

    private void Pack(VectorSet queries, long first, int query, int height, Span<float> tile, float[]? centre)
    {
        rows.Span.Slice(query * dimension, height * dimension).CopyTo(tile);
        for (var i = 0; i < height; i++)
        {
            var row = tile.Slice(i * dimension, dimension);
            lengths[query + i] = BaseBlock.Prepare(metric, queries, first + query + i, row, centre);
            slopes[query + i] = Screening.Slope(metric, lengths[query + i], dimension);
        }
        fixed (float* from = tile)
            TileKernel.Pack(from, dimension, height, dimension, Tile(query / TileKernel.Rows));
    }

    /// <inheritdoc />
    public void Dispose() => packed.Dispose();
}
