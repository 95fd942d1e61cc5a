using ScottPlot;

namespace Expflow.Plots;

/// <summary>Puts a <see cref="ParameterChart"/> into a plot.</summary>
internal static class ParameterDrawing
{
    internal static void Draw(ParameterChart chart, Plot plot, ChartSize size)
    {
        var words = chart.Categories.Count > 0;
        var (x, y) = (new AxisScale(chart.LogX && !words), new AxisScale(chart.LogY));
        foreach (var point in chart.Lines.SelectMany(line => line.Points))
            Include(point, x, y);
        if (x.IsEmpty || y.IsEmpty)
        {
            ChartDrawing.SayEmpty(plot, "No values to draw");
            return;
        }
        ChartDrawing.SetAxes(plot, x, y, marginX: 0.06);
        if (words)
            CategoryAxis.Bottom(plot, chart.Categories, size.Width - 90);

        var apart = chart.Lines.Count > 1 ? Math.Min(words ? 12f : 5f, 60f / chart.Lines.Count) : 0;
        for (var i = 0; i < chart.Lines.Count; i++)
        {
            var dodge = (i - (chart.Lines.Count - 1) / 2f) * apart;
            plot.Add.Plottable(new ParameterMark(chart.Lines[i], i, dodge, joined: !words, x, y));
        }
        var entries = chart.Lines.Select((line, i) => new LegendEntry(line.Name, i, Marker: true));
        ChartLegend.Place(plot, [.. entries], size, Positions(chart, x, y));
    }

    private static void Include(ParameterPoint point, AxisScale x, AxisScale y)
    {
        var summary = RunSummary.Of(point.Runs);
        if (double.IsNaN(x.Position(point.X)) || double.IsNaN(y.Position(summary.Mean)))
            return;
        x.Include(point.X);
        y.Include(summary.Mean + summary.Deviation);
        y.Include(summary.Mean - summary.Deviation);
        foreach (var run in point.Runs)
            y.Include(run);
    }

    private static IEnumerable<(double X, double Y)> Positions(ParameterChart chart, AxisScale x, AxisScale y)
    {
        foreach (var line in chart.Lines)
        {
            var means = line.Points.Select(point => (x.Position(point.X), y.Position(RunSummary.Of(point.Runs).Mean)));
            foreach (var position in ChartLegend.Along([.. means]))
                yield return position;
        }
        foreach (var point in chart.Lines.SelectMany(line => line.Points))
        {
            var summary = RunSummary.Of(point.Runs);
            yield return (x.Position(point.X), y.Position(summary.Mean + summary.Deviation));
            yield return (x.Position(point.X), y.Position(summary.Mean - summary.Deviation));
            foreach (var run in point.Runs)
                yield return (x.Position(point.X), y.Position(run));
        }
    }
}
