using Expflow.Problems;

namespace Expflow.Plots;

/// <summary>What came of writing a picture.</summary>
public abstract record ChartOutcome
{
    private ChartOutcome() { }

    /// <summary>The file stands there, whole.</summary>
    /// <param name="Path">As it was given.</param>
    /// <param name="Bytes">Its size.</param>
    public sealed record Written(string Path, long Bytes) : ChartOutcome;

    /// <summary>Nothing was written.</summary>
    /// <param name="Problem">Why, and what to do.</param>
    public sealed record Refused(Problem Problem) : ChartOutcome;
}
