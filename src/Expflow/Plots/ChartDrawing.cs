using ScottPlot;
using ScottPlot.AxisPanels;

namespace Expflow.Plots;

/// <summary>What all charts have in common: the look, the axes, the labels.</summary>
internal static class ChartDrawing
{
    private const float TitleSize = 16;
    private const float LabelSize = 13;
    private const float TickSize = 12;

    // The library centres the font's full height; digits, which have no descenders, then stand this much too high.
    internal const float TextDrop = 1.5f;

    /// <summary>The chart as a plot, ready to be drawn at <paramref name="size"/>.</summary>
    internal static Plot Of(Chart chart, ChartSize size)
    {
        // Registers itself before the library looks for fonts, of which a bare system has none.
        _ = EmbeddedFont.Typeface;
        var plot = new Plot();
        SetLook(plot);
        SetLabels(chart, plot, size);
        switch (chart)
        {
            case CurveChart curves:
                CurveDrawing.Draw(curves, plot, size);
                break;
            case ParameterChart parameters:
                ParameterDrawing.Draw(parameters, plot, size);
                break;
            case HeatMap map:
                HeatDrawing.Draw(map, plot, size);
                break;
        }
        return plot;
    }

    /// <summary>Sets ranges and ticks for axes of numbers.</summary>
    internal static void SetAxes(Plot plot, AxisScale x, AxisScale y, double marginX)
    {
        var (left, right) = x.Range(marginX);
        var (bottom, top) = y.Range(0.05);
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.Axes.Bottom.TickGenerator = new NiceTicks(x, spacing: 70);
        plot.Axes.Left.TickGenerator = new NiceTicks(y, spacing: 36);
    }

    /// <summary>An honest empty picture: no axes, one sentence.</summary>
    internal static void SayEmpty(Plot plot, string sentence)
    {
        plot.Axes.SetLimits(0, 1, 0, 1);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.HideGrid();
        var text = plot.Add.Text(sentence, 0.5, 0.5);
        text.LabelAlignment = Alignment.MiddleCenter;
        text.LabelFontName = EmbeddedFont.Name;
        text.LabelFontSize = TitleSize;
        text.LabelFontColor = Color.FromHex("#777777");
    }

    /// <summary>The size of tick labels in pixels.</summary>
    internal static float TickFont => TickSize;

    private static void SetLook(Plot plot)
    {
        plot.Font.Set(EmbeddedFont.Name);
        plot.Axes.Color(Palette.Ink);
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Palette.Faint;
        plot.Grid.MajorLineWidth = 1;
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.MajorTickStyle.Length = 5;
            axis.MinorTickStyle.Length = 3;
            axis.Label.Bold = false;
            axis.Label.FontSize = LabelSize;
        }
        plot.Axes.Right.MinimumSize = 20;
        SetPadding(plot.Axes.Left);
        SetPadding(plot.Axes.Bottom);
        plot.Axes.Left.TickLabelStyle.OffsetY = TextDrop;
    }

    /// <summary>Room between an axis' label and the picture's edge.</summary>
    internal static void SetPadding(IAxis axis)
    {
        if (axis is AxisBase withLabel)
            withLabel.PaddingOutsideAxisLabels = new PixelPadding(8);
    }

    private static void SetLabels(Chart chart, Plot plot, ChartSize size)
    {
        var title = ChartText.Fit(chart.Title, TitleSize, size.Width - 60);
        plot.Title(false);
        plot.Axes.AddPanel(new ChartTitle(title, TitleSize));
        // Half the picture: a legend at the right leaves the axis little more.
        plot.XLabel(ChartText.Fit(chart.XLabel, LabelSize, size.Width * 0.5f), LabelSize);
        plot.YLabel(ChartText.Fit(chart.YLabel, LabelSize, size.Height - 110), LabelSize);
    }
}
