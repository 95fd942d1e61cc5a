using ScottPlot;
using SkiaSharp;

namespace Expflow.Plots;

/// <summary>The cells of a <see cref="HeatMap"/>, as areas of their own rather than as a bitmap: sharp at every size.</summary>
internal sealed class HeatMark(HeatMap map, ColorScale colors)
    : Mark(new AxisScale(log: false), new AxisScale(log: false))
{
    private const float Gap = 1;
    private const int Digits = 3;

    private static readonly float[] FontSizes = [13, 11, 9];

    protected override void Draw(SKCanvas canvas, Projection projection)
    {
        var values = new double[map.Columns.Count, map.Rows.Count];
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref values[0, 0], values.Length).Fill(double.NaN);
        foreach (var cell in map.Cells)
        {
            if (cell.Column >= 0 && cell.Column < map.Columns.Count && cell.Row >= 0 && cell.Row < map.Rows.Count)
                values[cell.Column, cell.Row] = cell.Value;
        }
        var room = projection.X(1) - projection.X(0) - 8;
        var height = projection.Y(0) - projection.Y(1);
        var widest = map.Cells.Select(cell => Label(cell.Value)).MaxBy(label => ChartText.Width(label, 10)) ?? "";
        var fontSize = FontSizes.FirstOrDefault(font => font + 4 < height && ChartText.Width(widest, font) <= room);
        for (var column = 0; column < map.Columns.Count; column++)
        for (var row = 0; row < map.Rows.Count; row++)
            DrawCell(canvas, projection, column, row, values[column, row], fontSize);
    }

    private void DrawCell(SKCanvas canvas, Projection projection, int column, int row, double value, float fontSize)
    {
        var gap = projection.X(1) - projection.X(0) > 6 ? Gap / 2 : 0;
        var area = new SKRect(
            projection.X(column - 0.5) + gap,
            projection.Y(row + 0.5) + gap,
            projection.X(column + 0.5) - gap,
            projection.Y(row - 0.5) - gap
        );
        var color = double.IsFinite(value) ? colors.Of(value) : Palette.Hole;
        using var fill = Brush(color);
        canvas.DrawRect(area, fill);
        if (fontSize == 0)
            return;
        using var ink = Brush(Contrast(color));
        using var font = new SKFont(EmbeddedFont.Typeface, fontSize);
        // Digits stand 0.73 of the font size high; half of that lowers them to the middle.
        canvas.DrawText(Label(value), area.MidX, area.MidY + fontSize * 0.365f, SKTextAlign.Center, font, ink);
    }

    private static string Label(double value) => double.IsFinite(value) ? ChartText.Number(value, Digits) : "–";

    // Relative luminance as WCAG 2 weighs it, without gamma; 0.5 splits viridis where both inks read equally well.
    private static Color Contrast(Color color) =>
        0.2126 * color.R + 0.7152 * color.G + 0.0722 * color.B > 0.5 * 255 ? Palette.Ink : Colors.White;
}
