namespace VectorQuantization.Plots;

/// <summary>A picture as plain data: a <see cref="ScatterFigure"/> or a <see cref="RidgeFigure"/>.</summary>
public abstract record Figure
{
    private protected Figure() { }

    /// <summary>The file's name without an ending.</summary>
    public required string Name { get; init; }

    /// <summary>Stands above.</summary>
    public required string Title { get; init; }

    /// <summary>Stand below in small letters: what bars mean, and what is missing.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>An axis.</summary>
/// <param name="Label">What it shows, with its unit.</param>
/// <param name="Log">Whether it is logarithmic.</param>
/// <param name="MoreIsBetter">Which way is better.</param>
public sealed record FigureAxis(string Label, bool Log, bool MoreIsBetter)
{
    /// <summary>Ticks at powers of two: bytes.</summary>
    public bool Binary { get; init; }

    /// <summary>Nothing lies above: shares end at 1.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Where a value lies; NaN where a logarithmic axis has no place for it.</summary>
    public double Position(double value)
    {
        if (!Log)
            return value;
        return value > 0 ? Math.Log10(value) : double.NaN;
    }
}

/// <summary>A point with how far the 95 % interval reaches to each side; null for one seed.</summary>
/// <param name="X">A value, not a position.</param>
/// <param name="Y">A value, not a position.</param>
/// <param name="ReachX">Along x.</param>
/// <param name="ReachY">Along y.</param>
/// <param name="Label">Stands beside the point where there is room.</param>
public sealed record FigurePoint(double X, double Y, double? ReachX, double? ReachY, string Label);

/// <summary>Points of one method, searched in one way.</summary>
/// <param name="Name">Stands in the legend.</param>
/// <param name="Method">Decides colour and marker.</param>
/// <param name="Partial">Whether searches looked into a part of the codes only: hollow markers.</param>
/// <param name="Points">At least one.</param>
public sealed record FigureSeries(string Name, string Method, bool Partial, IReadOnlyList<FigurePoint> Points);

/// <summary>One measure against another.</summary>
public sealed record ScatterFigure : Figure
{
    /// <summary>From left to right.</summary>
    public required FigureAxis X { get; init; }

    /// <summary>From bottom to top.</summary>
    public required FigureAxis Y { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<FigureSeries> Series { get; init; }
}

/// <summary>How errors are spread: a row for each configuration.</summary>
public sealed record RidgeFigure : Figure
{
    /// <summary>What is counted.</summary>
    public required string XLabel { get; init; }

    /// <summary>From top to bottom, at least one.</summary>
    public required IReadOnlyList<Ridge> Ridges { get; init; }
}

/// <summary>A row of a <see cref="RidgeFigure"/>.</summary>
/// <param name="Label">Stands at its left.</param>
/// <param name="Method">Decides its colour.</param>
/// <param name="Edges">Ascending and above 0.</param>
/// <param name="Shares">Of all values, in each bin.</param>
public sealed record Ridge(string Label, string Method, IReadOnlyList<double> Edges, IReadOnlyList<double> Shares)
{
    /// <summary>The value that half of all are below: by a straight line within its bin on the logarithmic axis.</summary>
    public double Median
    {
        get
        {
            var (below, bin) = (0.0, 0);
            while (bin < Shares.Count - 1 && below + Shares[bin] < 0.5)
                below += Shares[bin++];
            var within = (0.5 - below) / Shares[bin];
            return Edges[bin] * Math.Pow(Edges[bin + 1] / Edges[bin], within);
        }
    }
}
