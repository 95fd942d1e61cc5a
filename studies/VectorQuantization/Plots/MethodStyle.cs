using ScottPlot;

namespace VectorQuantization.Plots;

/// <summary>How a method looks: the same in every picture of every database, and told apart without colours too.</summary>
/// <param name="Colour">Of lines and markers.</param>
/// <param name="Filled">The marker of exhaustive searches.</param>
/// <param name="Hollow">The marker of searches that look into a part of the codes.</param>
internal sealed record MethodStyle(Color Colour, MarkerShape Filled, MarkerShape Hollow)
{
    internal static readonly Color Ink = Color.FromHex("#222222");
    internal static readonly Color Quiet = Color.FromHex("#666666");
    internal static readonly Color Faint = Color.FromHex("#E6E6E6");
    internal static readonly Color Front = Color.FromHex("#D3D3D3");

    // Okabe and Ito, "Color Universal Design" (2008); their yellow is too faint on white and comes darker.
    private static readonly MethodStyle[] Styles =
    [
        new(Color.FromHex("#0072B2"), MarkerShape.FilledCircle, MarkerShape.OpenCircle),
        new(Color.FromHex("#D55E00"), MarkerShape.FilledSquare, MarkerShape.OpenSquare),
        new(Color.FromHex("#009E73"), MarkerShape.FilledDiamond, MarkerShape.OpenDiamond),
        new(Color.FromHex("#CC79A7"), MarkerShape.FilledTriangleUp, MarkerShape.OpenTriangleUp),
        new(Color.FromHex("#E69F00"), MarkerShape.FilledTriangleDown, MarkerShape.OpenTriangleDown),
        new(Color.FromHex("#000000"), MarkerShape.FilledCircle, MarkerShape.OpenCircle),
        new(Color.FromHex("#56B4E9"), MarkerShape.FilledSquare, MarkerShape.OpenSquare),
        new(Color.FromHex("#C4B400"), MarkerShape.FilledDiamond, MarkerShape.OpenDiamond),
    ];

    private static readonly string[] Known = ["pq", "opq", "sq", "rabitq", "lvq", "saq", "rq"];
    private static readonly string[] Names = ["PQ", "OPQ", "SQ", "RaBitQ", "LVQ", "SAQ", "RQ"];

    /// <summary>What people call a method.</summary>
    internal static string NameOf(string method)
    {
        var place = Array.IndexOf(Known, method);
        return place < 0 ? method : Names[place];
    }

    /// <summary>Of a method; one that this table does not know has the last style.</summary>
    internal static MethodStyle Of(string method)
    {
        var place = Array.IndexOf(Known, method);
        return Styles[place < 0 ? ^1 : place];
    }
}
