using ScottPlot;
using ScottPlot.TickGenerators;

namespace Expflow.Plots;

/// <summary>Axes whose places are words: one label for each, at 0, 1, 2, …</summary>
internal static class CategoryAxis
{
    private const float LongestLabel = 130;
    private const float Gap = 8;

    // Degrees.
    private const float Slant = 35;

    /// <summary>Labels along the bottom: level where they fit, slanted where they don't, and each n-th where even that is too tight.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="labels">One for each place.</param>
    /// <param name="length">The axis, in pixels.</param>
    internal static void Bottom(Plot plot, IReadOnlyList<string> labels, float length)
    {
        plot.Axes.SetLimitsX(-0.5, labels.Count - 0.5);
        var room = length / labels.Count;
        var fitted = Fitted(labels);
        var widest = fitted.Max(label => ChartText.Width(label, ChartDrawing.TickFont));
        var slanted = widest + Gap > room;
        var (down, left) = MathF.SinCos(Slant * MathF.PI / 180);
        SetTicks(plot.Axes.Bottom, fitted, slanted ? Stride(room * down) : 1);
        if (!slanted)
            return;
        plot.Axes.Bottom.TickLabelStyle.Rotation = -Slant;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperRight;
        plot.Axes.Bottom.MinimumSize = widest * down + 46;
        plot.Axes.Left.MinimumSize = ChartText.Width(fitted[0], ChartDrawing.TickFont) * left - room / 2 + 20;
    }

    /// <summary>Labels along the left.</summary>
    internal static void Left(Plot plot, IReadOnlyList<string> labels, float length)
    {
        plot.Axes.SetLimitsY(-0.5, labels.Count - 0.5);
        SetTicks(plot.Axes.Left, Fitted(labels), Stride(length / labels.Count));
    }

    private static int Stride(float room) => Math.Max(1, (int)MathF.Ceiling((ChartDrawing.TickFont + 3) / room));

    private static string[] Fitted(IReadOnlyList<string> labels) =>
        [.. labels.Select(label => ChartText.Fit(label, ChartDrawing.TickFont, LongestLabel))];

    private static void SetTicks(IAxis axis, string[] labels, int stride)
    {
        axis.TickGenerator = new NumericManual([
            .. labels.Select((label, i) => Tick.Major(i, label)).Where((_, i) => i % stride == 0),
        ]);
        axis.MajorTickStyle.Length = 0;
    }
}
