namespace VectorQuantization.Results;

/// <summary>A measure over the seeds of one configuration.</summary>
/// <param name="Count">Seeds that have it, at least 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation (n − 1); null for one seed.</param>
public readonly record struct SeedStatistics(int Count, double Mean, double? Deviation)
{
    /// <summary>How far the 95 % interval (Student's t) reaches to each side of the mean; null for one seed.</summary>
    public double? Reach95 => Deviation * StudentT.Reach95(Math.Max(1, Count - 1)) / Math.Sqrt(Count);

    /// <summary>Of the values that were measured; null when none was.</summary>
    public static SeedStatistics? Of(IEnumerable<double?> values)
    {
        double[] measured = [.. values.Where(value => value is not (null or double.NaN)).Select(value => value!.Value)];
        if (measured.Length == 0)
            return null;
        // Equal values have their own value as mean and no deviation, not one of rounding.
        if (Array.TrueForAll(measured, value => value.Equals(measured[0])))
            return new SeedStatistics(measured.Length, measured[0], measured.Length > 1 ? 0 : null);
        var mean = measured.Average();
        var squares = measured.Sum(value => (value - mean) * (value - mean));
        return new SeedStatistics(measured.Length, mean, Math.Sqrt(squares / (measured.Length - 1)));
    }
}
