namespace Expflow.Advice;

/// <summary>How measured values are spread. At least one.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">The middle one, or the mean of the two in the middle.</param>
/// <param name="P95">The smallest value that at least 95 of 100 don't exceed: of fewer than 20 values the largest. Never between two values.</param>
/// <param name="Most">The largest.</param>
public sealed record Measured(int Count, double Mean, double Median, double P95, double Most)
{
    /// <summary>The spread of these values; null when there are none.</summary>
    public static Measured? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            return null;
        var middle = sorted.Length / 2;
        return new(
            sorted.Length,
            sorted.Average(),
            sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
            sorted[((sorted.Length * 95) + 99) / 100 - 1],
            sorted[^1]
        );
    }
}
