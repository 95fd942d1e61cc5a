using System.Runtime.Intrinsics;
using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>Finds indices whose centroids add up to nearly a row: stage by stage, the few best beginnings are kept. One for each thread.</summary>
internal sealed class BeamSearch
{
    /// <summary>Rows that are worked on at a time.</summary>
    public const int MostRows = 96;

    private readonly BeamTables tables;
    private readonly ResidualShape shape;
    private readonly float[] rows;
    private readonly float[] products;
    private readonly float[] costs;
    private readonly float[] sums;

    // Beginnings kept: their costs and their indices, now and in the stage to come, best first.
    private readonly Beam kept;
    private readonly Beam next;

    public BeamSearch(BeamTables tables)
    {
        this.tables = tables;
        shape = tables.Shape;
        rows = new float[MostRows * tables.Dimension];
        products = new float[MostRows * shape.Centroids];
        costs = new float[shape.StageCentroids];
        sums = new float[shape.StageCentroids];
        kept = new Beam(shape);
        next = new Beam(shape);
    }

    /// <summary>Finds them.</summary>
    /// <param name="given">Row-major, at most <see cref="MostRows"/>.</param>
    /// <param name="indices">One a stage and row; overwritten.</param>
    public void Find(ReadOnlySpan<float> given, Span<ushort> indices)
    {
        var d = tables.Dimension;
        var count = given.Length / d;
        given.CopyTo(rows);
        for (var row = 0; row < count; row++)
            Kernels.Subtract(rows.AsSpan(row * d, d), tables.Offset);
        MatrixProduct.Multiply(rows.AsSpan(0, count * d), tables.Packed, products);
        for (var row = 0; row < count; row++)
            FindOne(
                products.AsSpan(row * shape.Centroids, shape.Centroids),
                indices.Slice(row * shape.Stages, shape.Stages)
            );
    }

    private void FindOne(ReadOnlySpan<float> products, Span<ushort> indices)
    {
        var from = kept;
        var to = next;
        from.Start();
        for (var stage = 0; stage < shape.Stages; stage++)
        {
            var first = stage << shape.Bits;
            var norms = tables.Norms.AsSpan(first, shape.StageCentroids);
            for (var j = 0; j < norms.Length; j++)
                costs[j] = norms[j] - (2 * products[first + j]);
            to.Clear();
            for (var b = 0; b < from.Count; b++)
            {
                Continue(from.IndicesOf(b)[..stage], first);
                Offer(from, b, stage, to);
            }
            (from, to) = (to, from);
        }
        from.IndicesOf(0).CopyTo(indices);
    }

    // What each centroid of this stage would add to the cost of one beginning.
    private void Continue(ReadOnlySpan<ushort> begun, int first)
    {
        costs.CopyTo(sums, 0);
        for (var stage = 0; stage < begun.Length; stage++)
        {
            var chosen = (stage << shape.Bits) + begun[stage];
            var row = tables.Products.AsSpan((chosen * shape.Centroids) + first, shape.StageCentroids);
            for (var j = 0; j < row.Length; j += 16)
            {
                var at = sums.AsSpan(j, 16);
                Vector512
                    .FusedMultiplyAdd(
                        Vector512.Create<float>(row.Slice(j, 16)),
                        Vector512.Create(2f),
                        Vector512.Create<float>(at)
                    )
                    .CopyTo(at);
            }
        }
    }

    private void Offer(Beam from, int b, int stage, Beam to)
    {
        var cost = from.Costs[b];
        for (var j = 0; j < sums.Length; j += 16)
        {
            var worst = Vector512.Create(to.Worst - cost);
            if (!Vector512.LessThanAny(Vector512.Create<float>(sums.AsSpan(j, 16)), worst))
                continue;
            for (var i = j; i < j + 16; i++)
                to.Offer(cost + sums[i], from.IndicesOf(b)[..stage], (ushort)i);
        }
    }
}
