namespace Expflow.Plots;

/// <summary>Metrics over steps: one line a series, with a band around it where there is one.</summary>
public sealed record CurveChart : Chart
{
    /// <summary>The lines, in the order of the legend. May be empty: the picture then says so.</summary>
    public required IReadOnlyList<CurveSeries> Series { get; init; }

    /// <summary>Logarithmic x axis; a point at 0 or below can't be drawn on it and breaks the line.</summary>
    public bool LogX { get; init; }

    /// <summary>Logarithmic y axis; a point at 0 or below can't be drawn on it and breaks the line.</summary>
    public bool LogY { get; init; }
}

/// <summary>One line of a <see cref="CurveChart"/>.</summary>
/// <param name="Name">Its name in the legend; empty keeps it out of the legend.</param>
/// <param name="Points">In drawing order, of any number: they are thinned to the picture's width. NaN or infinity breaks the line.</param>
public sealed record CurveSeries(string Name, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>A shaded band, such as mean ± sd over seeds. Empty for none.</summary>
    public IReadOnlyList<BandPoint> Band { get; init; } = [];
}

/// <summary>One point of a line.</summary>
/// <param name="X">For instance the step.</param>
/// <param name="Y">The metric's value; NaN where there is none.</param>
public readonly record struct CurvePoint(double X, double Y);

/// <summary>One place of a band.</summary>
/// <param name="X">For instance the step.</param>
/// <param name="Lower">The band's lower edge; NaN breaks the band.</param>
/// <param name="Upper">The band's upper edge; NaN breaks the band.</param>
public readonly record struct BandPoint(double X, double Lower, double Upper);
