using SkiaSharp;

namespace Expflow.Plots;

/// <summary>One line.</summary>
internal sealed class CurveMark(CurveSeries series, int index, float width, AxisScale x, AxisScale y) : Mark(x, y)
{
    protected override void Draw(SKCanvas canvas, Projection projection)
    {
        using var path = new SKPath();
        var line = new ThinLine(path);
        foreach (var point in series.Points)
            line.Add(projection.Point(point.X, point.Y));
        line.Break();

        using var pen = Pen(Palette.Of(index), width);
        if (!path.IsEmpty)
            canvas.DrawPath(path, pen);

        using var brush = Brush(Palette.Of(index));
        foreach (var point in line.Lone)
            canvas.DrawCircle(point, width + 0.5f, brush);
    }
}

/// <summary>The shade around one line.</summary>
internal sealed class BandMark(CurveSeries series, int index, AxisScale x, AxisScale y) : Mark(x, y)
{
    private const double Opacity = 0.16;

    protected override void Draw(SKCanvas canvas, Projection projection)
    {
        using var path = new SKPath();
        var band = new ThinBand(path);
        foreach (var place in series.Band)
        {
            var upper = projection.Y(place.Upper);
            var lower = projection.Y(place.Lower);
            // On a logarithmic axis a band that reaches below 0 goes down to the frame.
            if (float.IsNaN(lower) && place.Lower <= 0 && !float.IsNaN(upper))
                lower = projection.Area.Bottom;
            band.Add(projection.X(place.X), lower, upper);
        }
        band.Break();
        using var brush = Brush(Palette.Of(index).WithOpacity(Opacity));
        canvas.DrawPath(path, brush);
    }
}
