namespace Expflow.Plots;

/// <summary>One metric over two parameters: a grid of coloured cells with the values written into them.</summary>
public sealed record HeatMap : Chart
{
    /// <summary>The values of the parameter along x, left to right.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The values of the parameter along y, bottom to top, as on a number axis.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>The cells, in any order. A place without one is drawn as a hole.</summary>
    public required IReadOnlyList<HeatCell> Cells { get; init; }

    /// <summary>What the colours show: the metric's name, beside the colour scale.</summary>
    public string ValueLabel { get; init; } = "";
}

/// <summary>One cell of a <see cref="HeatMap"/>.</summary>
/// <param name="Column">Index into <see cref="HeatMap.Columns"/>, from 0.</param>
/// <param name="Row">Index into <see cref="HeatMap.Rows"/>, from 0.</param>
/// <param name="Value">The metric; NaN or infinity is drawn as a hole.</param>
public readonly record struct HeatCell(int Column, int Row, double Value);
