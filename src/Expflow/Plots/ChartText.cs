using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Expflow.Plots;

/// <summary>Text that is safe to draw: names and values come from users' files and may hold anything.</summary>
internal static class ChartText
{
    // Far more than fits into any picture; keeps measuring cheap for a value of megabytes.
    private const int LongestDrawn = 400;

    /// <summary>One line without control, format (writing direction) and half characters.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestDrawn));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= LongestDrawn)
                break;
            clean.Append(
                Rune.GetUnicodeCategory(rune) switch
                {
                    UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                        " ",
                    UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned => "",
                    _ => rune.ToString(),
                }
            );
        }
        return clean.ToString().Trim();
    }

    /// <summary><see cref="Clean"/>, cut with an ellipsis to at most <paramref name="width"/> pixels.</summary>
    internal static string Fit(string text, float fontSize, float width)
    {
        var clean = Clean(text);
        if (Width(clean, fontSize) <= width)
            return clean;
        var (fits, tooLong) = (0, clean.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (Width(Cut(clean, middle), fontSize) <= width)
                fits = middle;
            else
                tooLong = middle;
        }
        return Cut(clean, fits);
    }

    /// <summary>In pixels, in the embedded font.</summary>
    internal static float Width(string text, float fontSize)
    {
        using var font = new SKFont(EmbeddedFont.Typeface, fontSize);
        return font.MeasureText(text);
    }

    /// <summary>A value as it stands in a cell: <paramref name="digits"/> significant digits, <c>0.001</c> rather than <c>1E-3</c>.</summary>
    internal static string Number(double value, int digits)
    {
        if (value == 0)
            return "0";
        var size = Math.Abs(value);
        if (size >= 1e6 || size < 1e-4)
            return Scientific(value, digits);
        var decimals = Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 15);
        return Minus(value.ToString("F" + decimals, CultureInfo.InvariantCulture));
    }

    /// <summary><c>2.5e−7</c>.</summary>
    internal static string Scientific(double value, int digits) =>
        Minus(value.ToString("0." + new string('#', digits - 1) + "e0", CultureInfo.InvariantCulture));

    /// <summary>With the minus sign of typesetting, as wide as a plus.</summary>
    internal static string Minus(string number) => number.Replace('-', '−');

    private static string Cut(string text, int length)
    {
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Concat(text.AsSpan(0, length).TrimEnd(), "…");
    }
}
