using ScottPlot;
using SkiaSharp;

namespace Expflow.Plots;

/// <summary>The one font of all pictures. It travels in the binary: a compute node often has no fonts at all, and other fonts would give other bytes.</summary>
internal static class EmbeddedFont
{
    internal const string Name = "DejaVu Sans";

    // Loaded at the first picture, so that commands that draw nothing don't pay for it.
    private static readonly Lazy<SKTypeface> Loaded = new(Load);

    internal static SKTypeface Typeface => Loaded.Value;

    private static SKTypeface Load()
    {
        using var stream =
            typeof(EmbeddedFont).Assembly.GetManifestResourceStream("Expflow.Plots.DejaVuSans.ttf")
            ?? throw new InvalidOperationException("The font is not embedded in the engine.");
        var typeface =
            SKTypeface.FromStream(stream) ?? throw new InvalidOperationException("The embedded font can't be read.");
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
