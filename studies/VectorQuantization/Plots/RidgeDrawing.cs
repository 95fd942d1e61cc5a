using ScottPlot;
using ScottPlot.TickGenerators;

namespace VectorQuantization.Plots;

/// <summary>Draws a <see cref="RidgeFigure"/>.</summary>
internal static class RidgeDrawing
{
    private const int RowHeight = 26;
    private const int Around = 130;

    // Rows are 1 apart; the highest bin leaves a little air under the row above.
    private const double Tallest = 0.88;
    private const double MedianHeight = 0.3;

    internal static int Height(RidgeFigure figure) => Math.Max(220, figure.Ridges.Count * RowHeight + Around);

    internal static Plot Of(RidgeFigure figure)
    {
        var plot = FigureLook.Of(figure, figure.XLabel, "");
        for (var i = 0; i < figure.Ridges.Count; i++)
            Draw(plot, figure.Ridges[i], baseline: -i);
        SetAxes(plot, figure);
        return plot;
    }

    private static void Draw(Plot plot, Ridge ridge, double baseline)
    {
        var colour = MethodStyle.Of(ridge.Method).Colour;
        var highest = ridge.Shares.Max();
        var outline = new List<Coordinates> { new(Math.Log10(ridge.Edges[0]), baseline) };
        for (var i = 0; i < ridge.Shares.Count; i++)
        {
            var height = baseline + Tallest * ridge.Shares[i] / highest;
            outline.Add(new Coordinates(Math.Log10(ridge.Edges[i]), height));
            outline.Add(new Coordinates(Math.Log10(ridge.Edges[i + 1]), height));
        }
        outline.Add(new Coordinates(Math.Log10(ridge.Edges[^1]), baseline));
        var area = plot.Add.Polygon([.. outline]);
        area.FillColor = colour.WithOpacity(0.35);
        area.LineColor = colour;
        area.LineWidth = 1;
        var median = Math.Log10(ridge.Median);
        var mark = plot.Add.Line(median, baseline, median, baseline + MedianHeight);
        mark.LineColor = MethodStyle.Ink;
        mark.LineWidth = 2;
    }

    private static void SetAxes(Plot plot, RidgeFigure figure)
    {
        var low = Math.Log10(figure.Ridges.Min(ridge => ridge.Edges[0]));
        var high = Math.Log10(figure.Ridges.Max(ridge => ridge.Edges[^1]));
        var margin = 0.03 * (high - low);
        plot.Axes.SetLimits(low - margin, high + margin, 0.75 - figure.Ridges.Count, 1.1);
        plot.Axes.Bottom.TickGenerator = new AxisTicks(new FigureAxis("", Log: true, MoreIsBetter: false), spacing: 70);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. figure.Ridges.Select((_, i) => -(double)i)],
            [.. figure.Ridges.Select(ridge => ridge.Label)]
        );
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
    }
}
