using VectorQuantization.Quantisers;

namespace VectorQuantization.Search;

/// <summary>A query's tables in seven bits, such that no code whose distance counts is passed over.</summary>
/// <remarks>
/// Entry = ⌊(t − least of its table) / step⌋, so that a code's sum of entries, times the step, plus the sum of the least ones, is
/// never more than its distance. A code whose sum is beyond <see cref="Limit"/> is therefore farther than the worst that counts.
/// </remarks>
internal sealed class NibbleQuery(TableEstimator estimator, int codeBytes)
{
    private const int Greatest = 127;
    private readonly byte[] tables = new byte[codeBytes * 32];
    private double least;
    private double step;
    private double rounding;

    /// <summary>The exact distances.</summary>
    public TableEstimator Estimator => estimator;

    /// <summary>For each byte of a code the 16 entries of its low half, then of its high half.</summary>
    public ReadOnlySpan<byte> Tables => tables;

    /// <summary>Takes a query.</summary>
    public void Prepare(ReadOnlySpan<float> query)
    {
        estimator.Prepare(query);
        var exact = estimator.Tables;
        double largest = 0,
            magnitude = 0;
        (least, step) = (0, 0);
        for (var part = 0; part < estimator.Parts; part++)
        {
            var (low, high) = RangeOf(exact.Slice(part * 16, 16));
            least += low;
            largest = Math.Max(largest, high - (double)low);
            magnitude += Math.Max(Math.Abs(low), Math.Abs(high));
        }
        step = largest > 0 ? largest / Greatest : 1;
        // Sums in single precision are off by less than this, theirs and ours.
        rounding = magnitude * (estimator.Parts + 4) / (1 << 23);
        for (var part = 0; part < estimator.Parts; part++)
            Quantise(exact.Slice(part * 16, 16), tables.AsSpan(part * 16, 16));
    }

    /// <summary>The greatest sum of entries of a code that may be as near as <paramref name="worst"/>.</summary>
    public ushort Limit(float worst) =>
        (ushort)Math.Clamp(Math.Floor((worst - least + rounding) / step) + 1, 0, ushort.MaxValue);

    private void Quantise(ReadOnlySpan<float> exact, Span<byte> entries)
    {
        var (low, _) = RangeOf(exact);
        var perStep = (float)(1 / step);
        for (var i = 0; i < 16; i++)
            entries[i] = (byte)Math.Min(Greatest, (exact[i] - low) * perStep);
    }

    private static (float Low, float High) RangeOf(ReadOnlySpan<float> table)
    {
        var (low, high) = (table[0], table[0]);
        foreach (var value in table)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        return (low, high);
    }
}
