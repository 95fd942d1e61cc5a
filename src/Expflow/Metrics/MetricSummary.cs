namespace Expflow.Metrics;

/// <summary>What one metric did over a run. Minimum, maximum and mean are over the finite values; NaN where there is none.</summary>
/// <param name="Count">How many values came, non-finite ones included.</param>
/// <param name="NonFinite">How many of them were NaN or infinite.</param>
/// <param name="FirstStep">The smallest step.</param>
/// <param name="Last">The value at the largest step; of several, the one that came last.</param>
/// <param name="LastStep">The largest step.</param>
/// <param name="Min">The smallest finite value.</param>
/// <param name="MinStep">The step at which it first came.</param>
/// <param name="Max">The largest finite value.</param>
/// <param name="MaxStep">The step at which it first came.</param>
/// <param name="Mean">The mean of the finite values.</param>
public readonly record struct MetricSummary(
    long Count,
    long NonFinite,
    long FirstStep,
    double Last,
    long LastStep,
    double Min,
    long MinStep,
    double Max,
    long MaxStep,
    double Mean
)
{
    /// <summary>No value at all: what a summary starts from.</summary>
    public static MetricSummary None { get; } = new(0, 0, 0, double.NaN, 0, double.NaN, 0, double.NaN, 0, double.NaN);

    /// <summary>With one more value.</summary>
    public MetricSummary With(long step, double value) =>
        Merge(
            double.IsFinite(value)
                ? new MetricSummary(1, 0, step, value, step, value, step, value, step, value)
                : None with
                {
                    Count = 1,
                    NonFinite = 1,
                    FirstStep = step,
                    Last = value,
                    LastStep = step,
                }
        );

    /// <summary>Over both: <paramref name="later"/> came after this.</summary>
    public MetricSummary Merge(MetricSummary later)
    {
        if (Count == 0)
            return later;
        if (later.Count == 0)
            return this;
        var moved = later.LastStep >= LastStep;
        var lower = later.Min < Min || double.IsNaN(Min);
        var higher = later.Max > Max || double.IsNaN(Max);
        return new(
            Count + later.Count,
            NonFinite + later.NonFinite,
            Math.Min(FirstStep, later.FirstStep),
            moved ? later.Last : Last,
            moved ? later.LastStep : LastStep,
            lower ? later.Min : Min,
            lower ? later.MinStep : MinStep,
            higher ? later.Max : Max,
            higher ? later.MaxStep : MaxStep,
            MeanWith(later)
        );
    }

    // The running mean moves by the difference, which neither overflows nor loses small values to a large sum
    // (D. E. Knuth, The Art of Computer Programming 2, 4.2.2).
    private double MeanWith(MetricSummary later)
    {
        var (mine, others) = (Count - NonFinite, later.Count - later.NonFinite);
        if (others == 0)
            return Mean;
        return mine == 0 ? later.Mean : Mean + (later.Mean - Mean) * (others / (double)(mine + others));
    }
}
