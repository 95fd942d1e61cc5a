using VectorQuantization.Formats;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Somebody else's ids, which don't say whose they are. Distances are computed, and must come in their order.</summary>
/// <param name="path">The file.</param>
/// <param name="table">What it holds.</param>
public sealed class BareTruth(string path, IdTable table) : GroundTruth(path)
{
    // Others rank in single precision, and take a difference of squares at that.
    private const double Tolerance = 1e-3;

    /// <inheritdoc />
    public override string Caveat =>
        $"'{Path}' doesn't say of which vectors it is the truth: only its shape, its range and the order of its distances were checked.";

    /// <inheritdoc />
    public override NeighbourTable CheckFor(
        VectorSet rows,
        VectorSet queries,
        Metric metric,
        int k,
        int threads,
        bool selfExcluded = false
    )
    {
        var problems = new ProblemList();
        problems.Require(
            table.Rows >= queries.Count,
            $"'{Path}' answers {table.Rows} queries; '{queries.Origin}' has {queries.Count}. Take fewer queries, or another file."
        );
        problems.Require(
            table.Columns >= k,
            $"'{Path}' holds {table.Columns} neighbours a query, fewer than the {k} needed. Take a smaller k, or another file."
        );
        var beyond = table.Ids.AsSpan().IndexOfAnyExceptInRange(0, rows.Count - 1);
        problems.Require(
            beyond < 0,
            $"'{Path}': query {beyond / table.Columns} has the neighbour {(beyond < 0 ? 0 : table.Ids[beyond])}, but '{rows.Origin}' has "
                + $"rows 0 to {rows.Count - 1}. It is the truth of another base."
        );
        problems.ThrowIfAny();
        return InOrder(rows, queries, metric, k, threads);
    }

    private NeighbourTable InOrder(VectorSet rows, VectorSet queries, Metric metric, int k, int threads)
    {
        if (metric == Metric.Cosine)
            (rows, queries) = (UnitVectors.Stored(rows), UnitVectors.Stored(queries));
        var ids = new long[checked((int)queries.Count * k)];
        var distances = new float[ids.Length];
        RowBlocks.ForEach(
            queries.Count,
            16,
            threads,
            (_, first, count) =>
            {
                var query = new float[queries.Dimension];
                var row = new float[rows.Dimension];
                for (var i = (int)first; i < first + count; i++)
                {
                    queries.Read(i, query);
                    var before = double.NegativeInfinity;
                    for (var place = 0; place < k; place++)
                    {
                        var id = table.Ids[(i * table.Columns) + place];
                        rows.Read(id, row);
                        var distance = ExactDistance.Between(metric, query, row);
                        if (distance < before - (Tolerance * Math.Max(1, Math.Abs(before))))
                            throw OutOfOrder(i, place, metric);
                        (before, ids[(i * k) + place], distances[(i * k) + place]) = (distance, id, (float)distance);
                    }
                }
            }
        );
        return new NeighbourTable(k, ids, distances);
    }

    private BadInputException OutOfOrder(int query, int place, Metric metric) =>
        new(
            $"'{Path}': neighbour {place} of query {query} is nearer than the one before it by {MetricNames.Of(metric)}. "
                + "It is the truth of other vectors, or of another metric."
        );
}
