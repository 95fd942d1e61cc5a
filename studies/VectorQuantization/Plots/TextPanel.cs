using ScottPlot;
using SkiaSharp;

namespace VectorQuantization.Plots;

/// <summary>Lines of text above or below the data area, from its left edge on.</summary>
internal sealed class TextPanel(Edge edge, IReadOnlyList<string> lines, float fontSize, Color colour) : IPanel
{
    private const float Gap = 4;

    private float LineHeight => fontSize * 1.4f;

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public Edge Edge => edge;

    public bool ShowDebugInformation { get; set; }

    public float Measure(Paint paint) => lines.Count == 0 ? Gap : lines.Count * LineHeight + 2 * Gap;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        edge == Edge.Top
            ? new PixelRect(dataRect.Left, dataRect.Right, dataRect.Top - offset, dataRect.Top - offset - size)
            : new PixelRect(dataRect.Left, dataRect.Right, dataRect.Bottom + offset + size, dataRect.Bottom + offset);

    public void Render(RenderPack rp, float size, float offset)
    {
        using var font = new SKFont(EmbeddedFont.Typeface, fontSize);
        using var ink = new SKPaint { Color = colour.ToSKColor(), IsAntialias = true };
        var top = edge == Edge.Top ? rp.DataRect.Top - offset - size : rp.DataRect.Bottom + offset;
        for (var i = 0; i < lines.Count; i++)
            rp.Canvas.DrawText(
                lines[i],
                rp.DataRect.Left,
                top + Gap + i * LineHeight + fontSize,
                SKTextAlign.Left,
                font,
                ink
            );
    }

    /// <summary>Breaks texts into lines of at most so many pixels; a word that is longer stands alone.</summary>
    internal static IReadOnlyList<string> Wrap(IEnumerable<string> texts, float fontSize, float width)
    {
        var lines = new List<string>();
        foreach (var text in texts)
        {
            var line = "";
            foreach (var word in text.Split(' '))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && EmbeddedFont.Width(longer, fontSize) > width)
                {
                    lines.Add(line);
                    longer = word;
                }
                line = longer;
            }
            lines.Add(line);
        }
        return lines;
    }
}
