using ScottPlot;

namespace Expflow.Plots;

/// <summary>One line of a legend.</summary>
/// <param name="Name">Empty keeps it out.</param>
/// <param name="Index">Which colour.</param>
/// <param name="Marker">Whether a marker stands on the line.</param>
internal sealed record LegendEntry(string Name, int Index, bool Marker);

/// <summary>The legend: in a corner that no point reaches, or outside at the right where there is none or the series are many.</summary>
internal static class ChartLegend
{
    private const float FontSize = 12;
    private const float LineHeight = 20;
    private const float SymbolWidth = 40;

    // In a small picture the data go first: no legend at all rather than one that leaves them no room.
    private const float MostOfPicture = 0.5f;

    private static readonly Alignment[] Corners =
    [
        Alignment.UpperRight,
        Alignment.LowerRight,
        Alignment.UpperLeft,
        Alignment.LowerLeft,
    ];

    /// <summary>Adds the legend; <paramref name="points"/> are axis positions of what is drawn.</summary>
    internal static void Place(
        Plot plot,
        IReadOnlyList<LegendEntry> entries,
        ChartSize size,
        IEnumerable<(double X, double Y)> points
    )
    {
        var named = entries.Where(entry => ChartText.Clean(entry.Name).Length > 0).ToList();
        if (named.Count == 0)
            return;
        var most = Math.Max(1, (int)((size.Height - 110) / LineHeight));
        var items = named.Take(named.Count > most ? most - 1 : most).Select(entry => Item(entry, size)).ToList();
        if (named.Count > most)
            items.Add(new LegendItem { LabelText = $"and {named.Count - items.Count} more", LineWidth = 0 });
        Style(plot.Legend);
        plot.Legend.ManualItems.AddRange(items);
        if (named.Count <= Palette.Count && FreeCorner(plot, items, size, points) is { } corner)
            plot.ShowLegend(corner);
        else if (Width(items) < MostOfPicture * size.Width)
            plot.ShowLegend(Edge.Right).Alignment = Alignment.UpperCenter;
        else
            plot.HideLegend();
    }

    /// <summary>The points of a line with more in between, where it has few: a line can cross a corner without a point in it.</summary>
    internal static IEnumerable<(double X, double Y)> Along(IReadOnlyList<(double X, double Y)> line)
    {
        var pieces = Math.Max(1, 200 / Math.Max(1, line.Count));
        for (var i = 0; i < line.Count; i++)
        {
            yield return line[i];
            for (var piece = 1; piece < pieces && i + 1 < line.Count; piece++)
            {
                var share = (double)piece / pieces;
                yield return (
                    double.Lerp(line[i].X, line[i + 1].X, share),
                    double.Lerp(line[i].Y, line[i + 1].Y, share)
                );
            }
        }
    }

    private static void Style(Legend legend)
    {
        legend.FontName = EmbeddedFont.Name;
        legend.FontSize = FontSize;
        legend.FontColor = Palette.Ink;
        legend.ShadowColor = Colors.Transparent;
        legend.OutlineColor = Palette.Faint;
        legend.BackgroundColor = Colors.White.WithOpacity(0.9);
    }

    private static LegendItem Item(LegendEntry entry, ChartSize size) =>
        new()
        {
            LabelText = ChartText.Fit(entry.Name, FontSize, size.Width * 0.3f),
            LabelOffsetY = ChartDrawing.TextDrop,
            LineColor = Palette.Of(entry.Index),
            LineWidth = 2,
            MarkerShape = entry.Marker ? MarkerShape.FilledCircle : MarkerShape.None,
            MarkerSize = entry.Marker ? 7 : 0,
            MarkerColor = Palette.Of(entry.Index),
        };

    private static float Width(List<LegendItem> items) =>
        items.Max(item => ChartText.Width(item.LabelText, FontSize)) + SymbolWidth + 30;

    // The box as a share of the data area, which is a little smaller than the picture.
    private static Alignment? FreeCorner(
        Plot plot,
        List<LegendItem> items,
        ChartSize size,
        IEnumerable<(double X, double Y)> points
    )
    {
        var width =
            (items.Max(item => ChartText.Width(item.LabelText, FontSize)) + SymbolWidth + 30) / (size.Width - 90);
        var height = (items.Count * LineHeight + 30) / (size.Height - 100);
        var limits = plot.Axes.GetLimits();
        var taken = new int[Corners.Length];
        foreach (var (x, y) in points)
        {
            var (right, up) = ((x - limits.Left) / limits.HorizontalSpan, (y - limits.Bottom) / limits.VerticalSpan);
            for (var i = 0; i < Corners.Length; i++)
            {
                var insideX = i is 0 or 1 ? right > 1 - width : right < width;
                var insideY = i is 0 or 2 ? up > 1 - height : up < height;
                taken[i] += insideX && insideY ? 1 : 0;
            }
        }
        var free = Array.IndexOf(taken, 0);
        return free < 0 ? null : Corners[free];
    }
}
