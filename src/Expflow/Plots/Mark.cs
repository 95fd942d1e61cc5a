using ScottPlot;
using SkiaSharp;

namespace Expflow.Plots;

/// <summary>Something drawn in the data area, by our own hand: the library's plottables neither thin nor break lines as we need.</summary>
internal abstract class Mark(AxisScale x, AxisScale y) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    /// <summary>None: legends are made by <see cref="ChartLegend"/>.</summary>
    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp) => Draw(rp.Canvas, new Projection(x, y, Axes));

    /// <summary>Draws, clipped to the data area.</summary>
    protected abstract void Draw(SKCanvas canvas, Projection projection);

    /// <summary>A pen for lines.</summary>
    protected static SKPaint Pen(Color color, float width) =>
        new()
        {
            Color = color.ToSKColor(),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };

    /// <summary>A brush for areas.</summary>
    protected static SKPaint Brush(Color color) =>
        new()
        {
            Color = color.ToSKColor(),
            IsAntialias = true,
            Style = SKPaintStyle.Fill,
        };
}
