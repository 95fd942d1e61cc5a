using System.Globalization;
using Expflow.Problems;

namespace Expflow.Plots;

/// <summary>How large a picture is.</summary>
/// <param name="Width">In CSS pixels (1/96 inch), 200 to 8000.</param>
/// <param name="Height">In CSS pixels (1/96 inch), 150 to 8000.</param>
public readonly record struct ChartSize(int Width, int Height)
{
    /// <summary>Dots of a PNG for each CSS pixel and direction: sharp on high-resolution screens and at 192 dpi in print.</summary>
    public const int PngScale = 2;

    /// <summary>800 × 500: half a page's width at print size.</summary>
    public static ChartSize Default => new(800, 500);

    /// <summary>Reads <c>1200x800</c>.</summary>
    public static Checked<ChartSize> Parse(string text)
    {
        var parts = text.Split('x', 'X', '×');
        if (parts.Length != 2 || !TryRead(parts[0], out var width) || !TryRead(parts[1], out var height))
            return new Problem($"'{text}' is not a size: write width x height in pixels, such as '800x500'.");
        if (width is < 200 or > 8000 || height is < 150 or > 8000)
            return new Problem($"'{text}' is out of range: a picture is 200 to 8000 pixels wide and 150 to 8000 high.");
        return new ChartSize(width, height);
    }

    private static bool TryRead(string part, out int pixels) =>
        int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out pixels);

    /// <summary><c>800x500</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";
}
