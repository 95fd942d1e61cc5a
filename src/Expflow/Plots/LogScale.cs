namespace Expflow.Plots;

/// <summary>When a parameter is better read on a logarithmic axis.</summary>
public static class LogScale
{
    /// <summary>Whether there are at least three different values, all above 0, the largest at least fifty times the smallest: learning rates, not seeds.</summary>
    public static bool Suits(IEnumerable<double> values)
    {
        var different = values.Distinct().ToList();
        return different.Count >= 3
            && different.TrueForAll(value => value > 0 && double.IsFinite(value))
            && different.Max() >= 50 * different.Min();
    }
}
