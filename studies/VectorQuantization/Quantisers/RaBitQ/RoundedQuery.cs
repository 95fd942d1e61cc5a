using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>A query whose coordinates are rounded, at random up or down, to a few bits each, which stand in planes.</summary>
/// <remarks>
/// The random thresholds come from the query's own bits: those of other queries are independent of them, so that no row is
/// wronged by all queries alike, and nothing depends on what was asked before.
/// </remarks>
internal sealed class RoundedQuery
{
    private readonly ulong[] planes;
    private readonly int words;
    private readonly int bits;
    private float low;
    private float step;

    public RoundedQuery(int dimension, int bits)
    {
        this.bits = bits;
        words = (dimension + 63) / 64;
        planes = new ulong[words * bits];
    }

    /// <summary>Rounds a rotated query.</summary>
    public void Take(ReadOnlySpan<float> query)
    {
        planes.AsSpan().Clear();
        var random = new RandomSequence(SeedOf(query));
        var (least, greatest) = (query[0], query[0]);
        foreach (var x in query)
            (least, greatest) = (Math.Min(least, x), Math.Max(greatest, x));
        var top = (1 << bits) - 1;
        (low, step) = (least, (greatest - least) / top);
        for (var i = 0; i < query.Length; i++)
        {
            var level = step > 0 ? Math.Clamp((int)(((query[i] - low) / step) + random.NextDouble()), 0, top) : 0;
            for (var plane = 0; plane < bits; plane++)
                planes[(plane * words) + (i / 64)] |= (ulong)((level >> plane) & 1) << (i % 64);
        }
    }

    private static ulong SeedOf(ReadOnlySpan<float> query)
    {
        ulong seed = 0;
        foreach (var x in query)
            seed = (seed ^ BitConverter.SingleToUInt32Bits(x)) * 0x9E3779B97F4A7C15;
        return seed;
    }

    /// <summary>The sum of the coordinates where a bit is set.</summary>
    public float AlongSigns(ReadOnlySpan<byte> signs)
    {
        var (weighted, set) = SignKernels.Count(signs, planes, words);
        return (step * weighted) + (low * set);
    }
}
