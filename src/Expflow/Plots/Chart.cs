namespace Expflow.Plots;

/// <summary>A picture to draw, as plain data. The closed set: <see cref="CurveChart"/>, <see cref="ParameterChart"/>, <see cref="HeatMap"/>.</summary>
public abstract record Chart
{
    private protected Chart() { }

    /// <summary>Stands above the picture; cut with an ellipsis where it is too long. Empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the x axis shows, with its unit.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>What the y axis shows, with its unit.</summary>
    public string YLabel { get; init; } = "";
}
