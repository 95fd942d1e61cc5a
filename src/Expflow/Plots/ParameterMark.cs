using SkiaSharp;

namespace Expflow.Plots;

/// <summary>One line of a <see cref="ParameterChart"/>: faint dots for runs, then bars, the line through the means, and the means.</summary>
/// <param name="line">What to draw.</param>
/// <param name="index">Which colour.</param>
/// <param name="dodge">Pixels to the right, so that bars of several lines at one value stand beside each other.</param>
/// <param name="joined">Whether means are joined by a line.</param>
/// <param name="x">The parameter's axis.</param>
/// <param name="y">The metric's axis.</param>
internal sealed class ParameterMark(ParameterLine line, int index, float dodge, bool joined, AxisScale x, AxisScale y)
    : Mark(x, y)
{
    private const float CapHalf = 3;
    private const float MeanRadius = 3.6f;
    private const float RunRadius = 2.4f;
    private const double RunOpacity = 0.28;

    protected override void Draw(SKCanvas canvas, Projection projection)
    {
        DrawRuns(canvas, projection);
        using var pen = Pen(Palette.Of(index), 1.6f);
        using var brush = Brush(Palette.Of(index));
        using var path = new SKPath();
        var means = new ThinLine(path);
        var summaries = line.Points.Select(point => (point.X, Summary: RunSummary.Of(point.Runs))).ToList();
        foreach (var (at, summary) in summaries)
        {
            var mean = Dodged(projection, at, summary.Mean);
            means.Add(mean);
            if (summary.Deviation > 0)
                DrawBar(canvas, pen, projection, mean.X, summary);
        }
        means.Break();
        if (joined)
            canvas.DrawPath(path, pen);
        foreach (var (at, summary) in summaries)
            canvas.DrawCircle(Dodged(projection, at, summary.Mean), MeanRadius, brush);
    }

    private void DrawRuns(SKCanvas canvas, Projection projection)
    {
        using var faint = Brush(Palette.Of(index).WithOpacity(RunOpacity));
        foreach (var point in line.Points.Where(point => point.Runs.Count > 1))
        foreach (var run in point.Runs)
            canvas.DrawCircle(Dodged(projection, point.X, run), RunRadius, faint);
    }

    private static void DrawBar(SKCanvas canvas, SKPaint pen, Projection projection, float at, RunSummary summary)
    {
        var top = projection.Y(summary.Mean + summary.Deviation);
        var bottom = projection.Y(summary.Mean - summary.Deviation);
        canvas.DrawLine(at - CapHalf, top, at + CapHalf, top, pen);
        // On a logarithmic axis a bar that reaches below 0 goes down to the frame, without a cap.
        if (float.IsNaN(bottom))
            bottom = projection.Area.Bottom;
        else
            canvas.DrawLine(at - CapHalf, bottom, at + CapHalf, bottom, pen);
        canvas.DrawLine(at, top, at, bottom, pen);
    }

    private SKPoint Dodged(Projection projection, double at, double value)
    {
        var point = projection.Point(at, value);
        point.Offset(dodge, 0);
        return point;
    }
}
