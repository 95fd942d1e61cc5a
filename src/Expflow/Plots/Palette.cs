using ScottPlot;

namespace Expflow.Plots;

/// <summary>The colours of series, told apart by colour-blind readers too.</summary>
internal static class Palette
{
    // Okabe and Ito, "Color Universal Design" (2008), strongest on white first; yellow is too faint for a thin line and comes darker.
    private static readonly Color[] Series =
    [
        Color.FromHex("#0072B2"),
        Color.FromHex("#D55E00"),
        Color.FromHex("#009E73"),
        Color.FromHex("#CC79A7"),
        Color.FromHex("#E69F00"),
        Color.FromHex("#56B4E9"),
        Color.FromHex("#000000"),
        Color.FromHex("#C4B400"),
    ];

    internal static readonly Color Ink = Color.FromHex("#222222");
    internal static readonly Color Faint = Color.FromHex("#E6E6E6");
    internal static readonly Color Hole = Color.FromHex("#EFEFEF");

    /// <summary>How many series differ by colour alone.</summary>
    internal static int Count => Series.Length;

    /// <summary>The colour of the series at <paramref name="index"/>: after <see cref="Count"/> the same hues darker, then lighter.</summary>
    internal static Color Of(int index)
    {
        // Not dashes: an SVG would hold each dash as a line of its own, megabytes for a few hundred curves.
        var hue = Series[index % Series.Length];
        return (index / Series.Length % 3) switch
        {
            0 => hue,
            1 => hue.MixedWith(Colors.Black, 0.4),
            _ => hue.MixedWith(Colors.White, 0.45),
        };
    }
}
