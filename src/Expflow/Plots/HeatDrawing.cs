using ScottPlot;
using ScottPlot.Colormaps;
using ScottPlot.Panels;

namespace Expflow.Plots;

/// <summary>Puts a <see cref="HeatMap"/> into a plot.</summary>
internal static class HeatDrawing
{
    private const float LabelSize = 13;

    internal static void Draw(HeatMap map, Plot plot, ChartSize size)
    {
        var values = new AxisScale(log: false);
        foreach (var cell in map.Cells)
            values.Include(cell.Value);
        if (values.IsEmpty || map.Columns.Count == 0 || map.Rows.Count == 0)
        {
            ChartDrawing.SayEmpty(plot, "No values to draw");
            return;
        }
        plot.HideGrid();
        plot.Axes.Bottom.FrameLineStyle.Width = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        CategoryAxis.Bottom(plot, map.Columns, size.Width - 190);
        CategoryAxis.Left(plot, map.Rows, size.Height - 100);
        var colors = new ColorScale(values);
        plot.Add.Plottable(new HeatMark(map, colors));
        AddColorBar(map, plot, colors, values, size);
    }

    private static void AddColorBar(HeatMap map, Plot plot, ColorScale colors, AxisScale values, ChartSize size)
    {
        var bar = new ColorBar(colors, Edge.Right) { Width = 14 };
        bar.Label = ChartText.Fit(map.ValueLabel, LabelSize, size.Height - 110);
        bar.LabelStyle.FontName = EmbeddedFont.Name;
        bar.LabelStyle.FontSize = LabelSize;
        bar.LabelStyle.ForeColor = Palette.Ink;
        bar.Axis.TickGenerator = new NiceTicks(values, spacing: 45);
        bar.Axis.TickLabelStyle.FontName = EmbeddedFont.Name;
        bar.Axis.TickLabelStyle.FontSize = ChartDrawing.TickFont;
        bar.Axis.TickLabelStyle.ForeColor = Palette.Ink;
        bar.Axis.TickLabelStyle.OffsetY = ChartDrawing.TextDrop;
        bar.Axis.FrameLineStyle.Width = 0;
        bar.Axis.MinorTickStyle.Length = 0;
        ChartDrawing.SetPadding(bar.Axis);
        plot.Axes.AddPanel(bar);
    }
}

/// <summary>From values to colours that grow evenly lighter, so that equal steps look equal, in grey and to colour-blind readers too.</summary>
internal sealed class ColorScale(AxisScale values) : IHasColorAxis
{
    public IColormap Colormap { get; } = new Viridis();

    public ScottPlot.Range GetRange()
    {
        var (low, high) = values.Range(margin: 0);
        return new ScottPlot.Range(low, high);
    }

    /// <summary>The colour of a finite value.</summary>
    internal Color Of(double value) => Colormap.GetColor(GetRange().Normalize(value, clamp: true));
}
