using ScottPlot;

namespace Expflow.Plots;

/// <summary>Puts a <see cref="CurveChart"/> into a plot.</summary>
internal static class CurveDrawing
{
    internal static void Draw(CurveChart chart, Plot plot, ChartSize size)
    {
        var (x, y) = (new AxisScale(chart.LogX), new AxisScale(chart.LogY));
        foreach (var series in chart.Series)
            Include(series, x, y);
        if (x.IsEmpty || y.IsEmpty)
        {
            ChartDrawing.SayEmpty(plot, "No values to draw");
            return;
        }
        ChartDrawing.SetAxes(plot, x, y, marginX: 0.01);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            if (chart.Series[i].Band.Count > 0)
                plot.Add.Plottable(new BandMark(chart.Series[i], i, x, y));
        }
        var width = chart.Series.Count > Palette.Count ? 1.2f : 1.6f;
        for (var i = 0; i < chart.Series.Count; i++)
            plot.Add.Plottable(new CurveMark(chart.Series[i], i, width, x, y));

        var entries = chart.Series.Select((series, i) => new LegendEntry(series.Name, i, Marker: false));
        var points = chart.Series.SelectMany(series => Sample(series, x, y));
        ChartLegend.Place(plot, [.. entries], size, points);
    }

    private static void Include(CurveSeries series, AxisScale x, AxisScale y)
    {
        foreach (var point in series.Points)
        {
            if (double.IsNaN(x.Position(point.X)) || double.IsNaN(y.Position(point.Y)))
                continue;
            x.Include(point.X);
            y.Include(point.Y);
        }
        foreach (var place in series.Band)
        {
            x.Include(place.X);
            y.Include(place.Lower);
            y.Include(place.Upper);
        }
    }

    // Enough to know which corner is free.
    private static IEnumerable<(double X, double Y)> Sample(CurveSeries series, AxisScale x, AxisScale y)
    {
        var line = Some(series.Points, 500).Select(point => (x.Position(point.X), y.Position(point.Y)));
        var places = Some(series.Band, 200).ToList();
        var lower = places.Select(place => (x.Position(place.X), y.Position(place.Lower)));
        var upper = places.Select(place => (x.Position(place.X), y.Position(place.Upper)));
        return [.. ChartLegend.Along([.. line]), .. ChartLegend.Along([.. lower]), .. ChartLegend.Along([.. upper])];
    }

    private static IEnumerable<T> Some<T>(IReadOnlyList<T> all, int most)
    {
        var stride = Math.Max(1, all.Count / most);
        for (var i = 0; i < all.Count; i += stride)
            yield return all[i];
    }
}
