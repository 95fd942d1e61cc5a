using ScottPlot;
using SkiaSharp;

namespace Expflow.Plots;

/// <summary>The title: over the middle of the data area, moved inwards where it would reach over the picture's edge.</summary>
internal sealed class ChartTitle(string text, float fontSize) : IPanel
{
    private const float EdgeGap = 12;

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public Edge Edge => Edge.Top;

    public bool ShowDebugInformation { get; set; }

    public float Measure(Paint paint) => text.Length == 0 ? EdgeGap : fontSize + 2 * EdgeGap;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Left, dataRect.Right, dataRect.Top - offset, dataRect.Top - offset - size);

    public void Render(RenderPack rp, float size, float offset)
    {
        if (text.Length == 0)
            return;
        using var font = new SKFont(EmbeddedFont.Typeface, fontSize);
        using var ink = new SKPaint { Color = Palette.Ink.ToSKColor(), IsAntialias = true };
        var half = font.MeasureText(text) / 2 + EdgeGap;
        var middle = Math.Max(half, Math.Min(rp.DataRect.HorizontalCenter, rp.ScaledFigureRect.Width - half));
        rp.Canvas.DrawText(text, middle, rp.DataRect.Top - offset - EdgeGap, SKTextAlign.Center, font, ink);
    }
}
