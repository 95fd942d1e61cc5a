using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.Saq;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Saq;

public sealed class SegmentPlanTests
{
    // Where another bit always saves less than the one before, giving each bit to where it saves most is best.
    [Theory]
    [InlineData(40)]
    [InlineData(72)]
    public void Without_a_price_for_segments_bits_go_where_a_greedy_hand_would_put_them(int blockBits)
    {
        const int block = 8;
        double[] variances = [.. Enumerable.Range(0, 128).Select(i => Math.Pow(.96, i))];
        var bits = new int[128 / block];
        double Of(int k) => variances.AsSpan(k * block, block).ToArray().Sum();
        for (var given = 0; given < blockBits; given++)
            bits[Enumerable.Range(0, bits.Length).Where(k => bits[k] < 8).MaxBy(k => Gain(Of(k), bits[k]))]++;

        var plan = SegmentPlan.Of(variances, block, blockBits * block, factorBits: 0, most: bits.Length);

        // A cut that saves less than a thousandth is not made.
        Assert.InRange(Error(plan, variances), 0, bits.Select((b, k) => SegmentPlan.Error(Of(k), b)).Sum() * 1.01);
        Assert.True(Error(plan, variances) >= bits.Select((b, k) => SegmentPlan.Error(Of(k), b)).Sum() * (1 - 1e-12));
    }

    [Fact]
    public void No_plan_that_can_be_listed_is_better()
    {
        var random = new RandomSequence(41);
        double[] variances =
        [
            .. Enumerable.Range(0, 32).Select(_ => Math.Exp(2 * random.NextGaussian())).OrderDescending(),
        ];
        const int budget = 90;

        var plan = SegmentPlan.Of(variances, block: 8, budget, factorBits: 10, most: 4);

        Assert.True(plan.Sum(part => part.Bits == 0 ? 0 : (part.Bits * part.Count) + 10) <= budget);
        Assert.Equal(Least(variances, 0, budget), Error(plan, variances), .001 * variances.Sum());
    }

    [Fact]
    public void Components_alike_are_one_segment()
    {
        var plan = SegmentPlan.Of([.. Enumerable.Repeat(1.0, 64)], 8, (64 * 3) + 32, 32, 8);

        Assert.Equal([new Segment(0, 64, 3)], plan);
    }

    private static double Least(double[] variances, int first, int budget)
    {
        var rest = variances.Skip(first).Sum();
        for (var end = first + 8; end <= variances.Length; end += 8)
        for (var bits = 1; (bits * (end - first)) + 10 <= budget && bits <= 8; bits++)
        {
            var variance = variances[first..end].Sum();
            // Costs are counted in units of two bits, which these are.
            rest = Math.Min(
                rest,
                SegmentPlan.Error(variance, bits) + Least(variances, end, budget - (bits * (end - first)) - 10)
            );
        }
        return rest;
    }

    private static double Error(Segment[] plan, double[] variances) =>
        plan.Sum(part => SegmentPlan.Error(variances.AsSpan(part.First, part.Count).ToArray().Sum(), part.Bits));

    private static double Gain(double variance, int bits) =>
        SegmentPlan.Error(variance, bits) - SegmentPlan.Error(variance, bits + 1);
}
