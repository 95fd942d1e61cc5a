namespace VectorQuantization.Measures;

/// <summary>How the relative error √(‖x − x̂‖² / ‖x‖²) is spread over rows: bins that are even in the logarithm, 20 a decade from 10⁻⁴ to 10.</summary>
public sealed class ErrorHistogram
{
    private const int PerDecade = 20;
    private const int Bins = 5 * PerDecade;
    private const double Least = 1e-4;
    private readonly long[] counts = new long[Bins];

    /// <summary>Rows in each bin. The first also has what is smaller, the last what is larger.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>The bins' bounds: one more than bins, ascending.</summary>
    public static IReadOnlyList<double> Edges { get; } =
    [.. Enumerable.Range(0, Bins + 1).Select(i => Least * Math.Pow(10, (double)i / PerDecade))];

    /// <summary>Counts a row. An all-zero row counts as not in error when it came back as it was, and as the largest error otherwise.</summary>
    public void Add(double squaredError, double squaredLength) => counts[BinOf(squaredError, squaredLength)]++;

    /// <summary>Adds another block's counts to these.</summary>
    public void Add(ErrorHistogram other)
    {
        for (var i = 0; i < Bins; i++)
            counts[i] += other.counts[i];
    }

    private static int BinOf(double squaredError, double squaredLength)
    {
        if (squaredError <= 0)
            return 0;
        if (squaredLength <= 0)
            return Bins - 1;
        var decades = Math.Log10(Math.Sqrt(squaredError / squaredLength) / Least);
        return (int)Math.Clamp(Math.Floor(decades * PerDecade), 0, Bins - 1);
    }
}
