namespace Expflow.Plots;

/// <summary>One metric over one parameter: the mean with ± one standard deviation as a bar, and each single run as a faint dot.</summary>
public sealed record ParameterChart : Chart
{
    /// <summary>One line for each value of a second parameter; a single line for none. May be empty: the picture then says so.</summary>
    public required IReadOnlyList<ParameterLine> Lines { get; init; }

    /// <summary>
    /// The parameter's values where they are words and not numbers; <see cref="ParameterPoint.X"/> is then an index (from 0) into this
    /// list, and means are not joined by lines. Empty for a parameter of numbers.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Logarithmic x axis; ignored where <see cref="Categories"/> are given.</summary>
    public bool LogX { get; init; }

    /// <summary>Logarithmic y axis; values at 0 or below can't be drawn on it.</summary>
    public bool LogY { get; init; }
}

/// <summary>The points of one value of the second parameter.</summary>
/// <param name="Name">Its name in the legend; empty keeps it out of the legend.</param>
/// <param name="Points">In drawing order, one for each value of the first parameter.</param>
public sealed record ParameterLine(string Name, IReadOnlyList<ParameterPoint> Points);

/// <summary>All runs at one value of the parameter.</summary>
/// <param name="X">The parameter's value, or its index in <see cref="ParameterChart.Categories"/>.</param>
/// <param name="Runs">The metric of each run. NaN and infinity are left out of mean and deviation.</param>
public sealed record ParameterPoint(double X, IReadOnlyList<double> Runs);
