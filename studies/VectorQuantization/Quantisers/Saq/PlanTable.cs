namespace VectorQuantization.Quantisers.Saq;

/// <summary>The dynamic programme: the least error of the first blocks in so many segments for so many units of bits.</summary>
internal sealed class PlanTable
{
    // A further segment must be worth it: every one costs a query time.
    private const double WorthIt = 0.999;

    private readonly int block;
    private readonly int blocks;
    private readonly int dimension;
    private readonly int unit;
    private readonly int units;
    private readonly int factorBits;
    private readonly double[] upTo;
    private readonly List<(double[] Errors, (short Start, byte Bits)[] Choices)> layers = [];

    public PlanTable(ReadOnlySpan<double> variances, int block, int budget, int factorBits)
    {
        (this.block, this.factorBits, dimension) = (block, factorBits, variances.Length);
        blocks = (dimension + block - 1) / block;
        unit = Math.Max(1, block / 4);
        units = budget / unit;
        upTo = new double[blocks + 1];
        for (var i = 0; i < dimension; i++)
            upTo[(i / block) + 1] += variances[i];
        for (var i = 0; i < blocks; i++)
            upTo[i + 1] += upTo[i];
        var none = new double[(blocks + 1) * (units + 1)];
        none.AsSpan().Fill(double.PositiveInfinity);
        none.AsSpan(0, units + 1).Clear();
        layers.Add((none, []));
    }

    /// <summary>Allows one segment more.</summary>
    /// <returns>Whether it was worth it.</returns>
    public bool AddSegment()
    {
        var before = layers[^1].Errors;
        var errors = new double[before.Length];
        errors.AsSpan().Fill(double.PositiveInfinity);
        var choices = new (short Start, byte Bits)[before.Length];
        for (var start = 0; start < blocks; start++)
        for (var end = start + 1; end <= blocks; end++)
        for (var bits = 1; bits <= SegmentPlan.MostBits; bits++)
        {
            var cost = (((Width(start, end) * bits) + factorBits + unit - 1) / unit);
            var error = SegmentPlan.Error(upTo[end] - upTo[start], bits);
            for (var used = cost; used <= units; used++)
            {
                var with = before[(start * (units + 1)) + used - cost] + error;
                var at = (end * (units + 1)) + used;
                if (with < errors[at])
                    (errors[at], choices[at]) = (with, ((short)start, (byte)bits));
            }
        }
        var least = Ending(layers.Count - 1).Error;
        layers.Add((errors, choices));
        return Ending(layers.Count - 1).Error < least * WorthIt;
    }

    /// <summary>The best plan of as few segments as are worth it.</summary>
    public Segment[] Best()
    {
        var layer = Enumerable.Range(0, layers.Count).MinBy(i => Ending(i).Error);
        while (layer > 0 && Ending(layer - 1).Error * WorthIt <= Ending(layer).Error)
            layer--;
        var segments = new List<Segment>();
        var (end, used) = (Ending(layer).End, units);
        if (end < blocks)
            segments.Add(new(end * block, dimension - (end * block), 0));
        for (; layer > 0; layer--)
        {
            var (start, bits) = layers[layer].Choices[(end * (units + 1)) + used];
            segments.Add(new(start * block, Width(start, end), bits));
            used -= ((Width(start, end) * bits) + factorBits + unit - 1) / unit;
            end = start;
        }
        segments.Reverse();
        return [.. segments];
    }

    private (double Error, int End) Ending(int layer) =>
        Enumerable
            .Range(0, blocks + 1)
            .Select(end => (layers[layer].Errors[(end * (units + 1)) + units] + upTo[blocks] - upTo[end], end))
            .Min();

    private int Width(int start, int end) => Math.Min(dimension, end * block) - (start * block);
}
