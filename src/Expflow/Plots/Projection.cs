using ScottPlot;
using SkiaSharp;

namespace Expflow.Plots;

/// <summary>From values to pixels of the data area.</summary>
internal readonly struct Projection(AxisScale x, AxisScale y, IAxes axes)
{
    private readonly double left = axes.XAxis.Min;
    private readonly double bottom = axes.YAxis.Min;
    private readonly double perX = axes.DataRect.Width / (axes.XAxis.Max - axes.XAxis.Min);
    private readonly double perY = axes.DataRect.Height / (axes.YAxis.Max - axes.YAxis.Min);

    /// <summary>The data area.</summary>
    internal PixelRect Area { get; } = axes.DataRect;

    /// <summary>NaN where the value can't be drawn.</summary>
    internal float X(double value) => (float)(Area.Left + (x.Position(value) - left) * perX);

    /// <summary>NaN where the value can't be drawn.</summary>
    internal float Y(double value) => (float)(Area.Bottom - (y.Position(value) - bottom) * perY);

    /// <summary>A point with a NaN where it can't be drawn.</summary>
    internal SKPoint Point(double valueX, double valueY) => new(X(valueX), Y(valueY));
}
