using System.Runtime.Intrinsics;
using VectorQuantization.Quantisers;

namespace VectorQuantization.Search;

/// <summary>A query's tables in seven bits, such that no code whose distance counts is passed over.</summary>
/// <remarks>
/// Entry = ⌊(t − least of its table) / step⌋, so that a code's sum of entries, times the step, plus the sum of the least ones, is
/// never more than its distance. A code whose sum is beyond the limit is therefore farther than the worst that counts.
/// </remarks>
internal sealed unsafe class ScreenedQuery(TableEstimator estimator, int codeBytes)
{
    // So that two entries are added up in eight bits, and 16 bits hold the sum of MostBytes · 2 of them.
    private const int Greatest = 127;
    private const int MostBytes = 258;

    private readonly int entries = 1 << estimator.Bits;
    private readonly byte[] tables = new byte[codeBytes * (estimator.Bits == 4 ? 32 : 256)];
    private readonly float[] lows = new float[estimator.Parts];
    private double least;
    private double step;
    private double rounding;
    private float limitedBy;
    private ushort limit;

    /// <summary>Codes whose exact distances to this query are still to be looked at; empty them before the next query.</summary>
    public WaitingCodes Waiting { get; } = new(estimator, codeBytes);

    /// <summary>Whether a machine like this one can look up codes of such indices with shuffles.</summary>
    public static bool Knows(TableEstimator estimator, int codeBytes) =>
        codeBytes <= MostBytes && (estimator.Bits == 4 || (estimator.Bits == 8 && ByteKernel.IsSupported));

    /// <summary>Takes a query.</summary>
    public void Prepare(ReadOnlySpan<float> query)
    {
        estimator.Prepare(query);
        var exact = estimator.Tables;
        double largest = 0,
            magnitude = 0;
        least = 0;
        for (var part = 0; part < lows.Length; part++)
        {
            (lows[part], var high) = RangeOf(exact.Slice(part * entries, entries));
            least += lows[part];
            largest = Math.Max(largest, high - (double)lows[part]);
            magnitude += Math.Max(Math.Abs(lows[part]), Math.Abs(high));
        }
        step = largest > 0 ? largest / Greatest : 1;
        // Sums in single precision are off by less than this, theirs and ours.
        rounding = magnitude * (lows.Length + 4) / (1 << 23);
        for (var part = 0; part < lows.Length; part++)
            Quantise(exact.Slice(part * entries, entries), lows[part], tables.AsSpan(part * entries, entries));
        limitedBy = float.NaN;
    }

    /// <summary>Finds the next block that holds a code which may be as near as <paramref name="worst"/>.</summary>
    /// <param name="blocks">Blocks of 64 codes.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="worst">The greatest distance that counts.</param>
    /// <param name="even">Bit i tells of code 2i of the block.</param>
    /// <param name="odd">Bit i tells of code 2i + 1.</param>
    /// <returns>The block's number from 0, or <paramref name="count"/> when there is none.</returns>
    public int FindNear(byte* blocks, int count, float worst, out uint even, out uint odd)
    {
        if (worst != limitedBy)
            (limitedBy, limit) = (worst, LimitOf(worst));
        fixed (byte* table = tables)
        {
            return estimator.Bits == 4
                ? NibbleKernel.FindNear(blocks, count, codeBytes, table, limit, out even, out odd)
                : ByteKernel.FindNear(blocks, count, codeBytes, table, limit, out even, out odd);
        }
    }

    // The greatest sum of entries of a code that may be as near as 'worst'.
    private ushort LimitOf(float worst) =>
        (ushort)Math.Clamp(Math.Floor((worst - least + rounding) / step) + 1, 0, ushort.MaxValue);

    private void Quantise(ReadOnlySpan<float> exact, float low, Span<byte> to)
    {
        var perStep = Vector512.Create((float)(1 / step));
        var greatest = Vector512.Create((float)Greatest);
        for (var i = 0; i < exact.Length; i += 16)
        {
            var steps = (Vector512.Create(exact[i..]) - Vector512.Create(low)) * perStep;
            var whole = Vector512.ConvertToInt32(Vector512.Min(steps, greatest));
            var words = Vector256.Narrow(whole.GetLower(), whole.GetUpper());
            Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().CopyTo(to[i..]);
        }
    }

    private static (float Low, float High) RangeOf(ReadOnlySpan<float> table)
    {
        var (low, high) = (Vector512.Create(table), Vector512.Create(table));
        for (var i = 16; i < table.Length; i += 16)
        {
            low = Vector512.Min(low, Vector512.Create(table[i..]));
            high = Vector512.Max(high, Vector512.Create(table[i..]));
        }
        var (lowest, highest) = (low[0], high[0]);
        for (var i = 1; i < 16; i++)
            (lowest, highest) = (Math.Min(lowest, low[i]), Math.Max(highest, high[i]));
        return (lowest, highest);
    }
}
