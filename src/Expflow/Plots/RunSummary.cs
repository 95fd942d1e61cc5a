namespace Expflow.Plots;

/// <summary>What is drawn of all runs at one point.</summary>
/// <param name="Mean">NaN when no run has a finite value.</param>
/// <param name="Deviation">Sample standard deviation (n − 1); 0 for a single run.</param>
internal readonly record struct RunSummary(double Mean, double Deviation)
{
    internal static RunSummary Of(IReadOnlyList<double> runs)
    {
        var finite = runs.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
            return new RunSummary(double.NaN, 0);
        var mean = finite.Average();
        if (finite.Count == 1)
            return new RunSummary(mean, 0);
        var squares = finite.Sum(value => (value - mean) * (value - mean));
        return new RunSummary(mean, Math.Sqrt(squares / (finite.Count - 1)));
    }
}
