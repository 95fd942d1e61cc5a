namespace Expflow.Tables;

/// <summary>What several values of a column have in common. Missing values are left out; NaN and infinities are counted and left out of the rest.</summary>
/// <param name="Count">How many finite values there are.</param>
/// <param name="NonFinite">How many NaN and infinite values there are.</param>
/// <param name="Mean">Their mean; null without a finite value.</param>
/// <param name="Sd">The standard deviation of the sample (divided by n − 1); null with fewer than two finite values.</param>
/// <param name="Min">The smallest; null without a finite value.</param>
/// <param name="Max">The largest; null without a finite value.</param>
public sealed record Aggregate(int Count, int NonFinite, double? Mean, double? Sd, double? Min, double? Max)
{
    /// <summary>Over values, in two passes: the second keeps the deviation exact where values are large and close together.</summary>
    public static Aggregate Of(IReadOnlyCollection<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var nonFinite = values.Count - finite.Length;
        if (finite.Length == 0)
            return new(0, nonFinite, null, null, null, null);
        // Around the first value: equal values then have exactly themselves as mean, and no deviation.
        var mean = finite[0] + finite.Sum(value => value - finite[0]) / finite.Length;
        double? sd =
            finite.Length < 2
                ? null
                : Math.Sqrt(finite.Sum(value => (value - mean) * (value - mean)) / (finite.Length - 1));
        return new(finite.Length, nonFinite, mean, sd, finite.Min(), finite.Max());
    }
}
