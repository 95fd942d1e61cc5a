using ScottPlot;
using SkiaSharp;

namespace VectorQuantization.Plots;

/// <summary>The one font of all pictures. It is in the program: a compute node often has none, and another would give other bytes.</summary>
internal static class EmbeddedFont
{
    internal const string Name = "DejaVu Sans";

    private const string Resource = "VectorQuantization.Plots.DejaVuSans.ttf";

    // Loaded at the first picture: commands that draw nothing don't pay for it.
    private static readonly Lazy<SKTypeface> Loaded = new(Load);

    internal static SKTypeface Typeface => Loaded.Value;

    /// <summary>In pixels.</summary>
    internal static float Width(string text, float size)
    {
        using var font = new SKFont(Typeface, size);
        return font.MeasureText(text);
    }

    private static SKTypeface Load()
    {
        using var stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream(Resource)!;
        var typeface = SKTypeface.FromStream(stream)!;
        Fonts.FontResolvers.Insert(0, new Resolver(typeface));
        Fonts.Default = Name;
        return typeface;
    }

    private sealed class Resolver(SKTypeface typeface) : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            typeface;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => typeface;
    }
}
