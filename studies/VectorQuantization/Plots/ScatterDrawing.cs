using ScottPlot;

namespace VectorQuantization.Plots;

/// <summary>Draws a <see cref="ScatterFigure"/>.</summary>
internal static class ScatterDrawing
{
    internal const int Height = 500;

    private const float MarkerSize = 8;
    private const double Margin = 0.06;

    // Points that another of the same method beats stand back.
    private const double BeatenOpacity = 0.4;

    internal static Plot Of(ScatterFigure figure)
    {
        var plot = FigureLook.Of(figure, figure.X.Label, figure.Y.Label);
        SetRange(plot, figure);
        DrawFront(plot, figure);
        foreach (var series in figure.Series)
            Draw(plot, series, figure);
        plot.Add.Plottable(new PointLabels(figure, Front(figure)));
        plot.Axes.Bottom.TickGenerator = new AxisTicks(figure.X, spacing: 70);
        plot.Axes.Left.TickGenerator = new AxisTicks(figure.Y, spacing: 36);
        AddLegend(plot, figure);
        return plot;
    }

    /// <summary>Points that no other of the figure beats, from left to right.</summary>
    private static List<FigurePoint> Front(ScatterFigure figure)
    {
        var points = figure.Series.SelectMany(series => series.Points).ToList();
        return Best(points, figure);
    }

    private static List<FigurePoint> Best(IReadOnlyList<FigurePoint> points, ScatterFigure figure) =>
        [
            .. ParetoFront
                .Of([.. points.Select(point => (point.X, point.Y))], figure.X.MoreIsBetter, figure.Y.MoreIsBetter)
                .Select(i => points[i]),
        ];

    private static void SetRange(Plot plot, ScatterFigure figure)
    {
        var points = figure.Series.SelectMany(series => series.Points).ToList();
        var (left, right) = Range(points.SelectMany(point => Ends(point.X, point.ReachX, figure.X)), figure.X);
        var (bottom, top) = Range(points.SelectMany(point => Ends(point.Y, point.ReachY, figure.Y)), figure.Y);
        plot.Axes.SetLimits(left, right, bottom, top);
    }

    private static IEnumerable<double> Ends(double value, double? reach, FigureAxis axis) =>
        new[] { value, value - (reach ?? 0), Math.Min(axis.Most, value + (reach ?? 0)) }
            .Select(axis.Position)
            .Where(double.IsFinite);

    private static (double Low, double High) Range(IEnumerable<double> positions, FigureAxis axis)
    {
        var all = positions.ToList();
        var (low, high) = (all.Min(), all.Max());
        var span = high - low;
        if (span <= 1e-9 * Math.Max(1, Math.Abs(high)))
            span = axis.Log ? 1 : Math.Max(0.1, Math.Abs(high) * 0.2);
        return (low - span * Margin, high + span * Margin);
    }

    private static void DrawFront(Plot plot, ScatterFigure figure)
    {
        var front = Front(figure);
        if (front.Count < 2)
            return;
        var line = plot.Add.ScatterLine(Places(front, figure), MethodStyle.Front);
        line.LineWidth = 7;
    }

    private static void Draw(Plot plot, FigureSeries series, ScatterFigure figure)
    {
        var style = MethodStyle.Of(series.Method);
        var best = Best(series.Points, figure);
        foreach (var point in series.Points)
            DrawBars(plot, point, figure, style.Colour);
        if (best.Count > 1)
        {
            var line = plot.Add.ScatterLine(Places(best, figure), style.Colour);
            line.LineWidth = 1.5f;
            line.LinePattern = series.Partial ? LinePattern.Dashed : LinePattern.Solid;
        }
        var shape = series.Partial ? style.Hollow : style.Filled;
        var beaten = series.Points.Except(best).ToList();
        if (beaten.Count > 0)
            plot.Add.Markers(Places(beaten, figure), shape, MarkerSize, style.Colour.WithOpacity(BeatenOpacity));
        plot.Add.Markers(Places(best, figure), shape, MarkerSize, style.Colour);
    }

    private static void DrawBars(Plot plot, FigurePoint point, ScatterFigure figure, Color colour)
    {
        var (x, y) = (figure.X.Position(point.X), figure.Y.Position(point.Y));
        if (point.ReachY > 0)
        {
            var (low, high) = Bar(point.Y, point.ReachY.Value, figure.Y, plot.Axes.GetLimits().Bottom);
            plot.Add.Line(x, low, x, high).LineColor = colour;
        }
        if (point.ReachX > 0)
        {
            var (low, high) = Bar(point.X, point.ReachX.Value, figure.X, plot.Axes.GetLimits().Left);
            plot.Add.Line(low, y, high, y).LineColor = colour;
        }
    }

    // A bar that a logarithmic axis has no end for goes to the frame.
    private static (double Low, double High) Bar(double value, double reach, FigureAxis axis, double frame)
    {
        var low = axis.Position(value - reach);
        return (double.IsNaN(low) ? frame : low, axis.Position(Math.Min(axis.Most, value + reach)));
    }

    private static Coordinates[] Places(IEnumerable<FigurePoint> points, ScatterFigure figure) =>
        [.. points.Select(point => new Coordinates(figure.X.Position(point.X), figure.Y.Position(point.Y)))];

    private static void AddLegend(Plot plot, ScatterFigure figure)
    {
        plot.Legend.FontName = EmbeddedFont.Name;
        plot.Legend.FontSize = FigureLook.TickSize;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
        foreach (var series in figure.Series)
        {
            var style = MethodStyle.Of(series.Method);
            plot.Legend.ManualItems.Add(
                new LegendItem
                {
                    LabelText = series.Name,
                    LineColor = style.Colour,
                    LineWidth = 1.5f,
                    LinePattern = series.Partial ? LinePattern.Dashed : LinePattern.Solid,
                    MarkerShape = series.Partial ? style.Hollow : style.Filled,
                    MarkerSize = MarkerSize,
                    MarkerColor = style.Colour,
                }
            );
        }
        if (Front(figure).Count > 1)
            plot.Legend.ManualItems.Add(
                new LegendItem
                {
                    LabelText = "Pareto front",
                    LineColor = MethodStyle.Front,
                    LineWidth = 7,
                }
            );
        // Outside: there it covers nothing.
        plot.ShowLegend(Edge.Right).Alignment = Alignment.UpperCenter;
    }
}
