using ScottPlot;
using ScottPlot.AxisPanels;

namespace VectorQuantization.Plots;

/// <summary>What all figures have in common: font, frame, title and notes.</summary>
internal static class FigureLook
{
    internal const int Width = 800;
    internal const float TickSize = 12;

    private const float TitleSize = 14;
    private const float LabelSize = 13;
    private const float NoteSize = 10.5f;

    // The library centres the font's full height; digits, which have no descenders, then stand this much too high.
    private const float TextDrop = 1.5f;

    /// <summary>An empty plot with everything around the data.</summary>
    internal static Plot Of(Figure figure, string xLabel, string yLabel)
    {
        // Registers itself before the library looks for fonts, of which a bare system has none.
        _ = EmbeddedFont.Typeface;
        var plot = new Plot();
        plot.Font.Set(EmbeddedFont.Name);
        plot.Axes.Color(MethodStyle.Ink);
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = MethodStyle.Faint;
        plot.XLabel(xLabel, LabelSize);
        plot.YLabel(yLabel, LabelSize);
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.Label.Bold = false;
            if (axis is AxisBase withLabel)
                withLabel.PaddingOutsideAxisLabels = new PixelPadding(6);
        }
        plot.Axes.Left.TickLabelStyle.OffsetY = TextDrop;
        plot.Axes.Right.MinimumSize = 20;
        plot.Title(false);
        plot.Axes.AddPanel(new TextPanel(Edge.Top, [figure.Title], TitleSize, MethodStyle.Ink));
        var notes = TextPanel.Wrap(figure.Notes, NoteSize, Width - 100);
        plot.Axes.AddPanel(new TextPanel(Edge.Bottom, notes, NoteSize, MethodStyle.Quiet));
        return plot;
    }
}
