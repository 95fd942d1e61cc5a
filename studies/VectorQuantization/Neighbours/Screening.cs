using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>
/// How a single-precision inner product is turned into a lower bound of the distance: the numbers behind the promise that no
/// neighbour is ever lost to rounding.
/// </summary>
/// <remarks>
/// <para>
/// With u = 2⁻²⁴ and d coordinates, a chain of d fused multiply-adds is off by at most γ‖q‖‖b‖, γ = du/(1 − du) (N. Higham,
/// "Accuracy and Stability of Numerical Algorithms", 2nd ed., 3.1). Bounds here have the form
/// low = A·⟨q,b⟩ + B − slope(q)·N, in units in which the distance is offset(q) + scale(q)·value, with A, B, N of the base row:
/// </para>
/// <list type="bullet">
/// <item>L2: A = −2, B = ‖b‖²(1 − 8u), N = ‖b‖; both rows are taken relative to a common centre first, which makes the lengths, and
/// with them the errors, small. What that rounds adds 2.1u(‖q‖ + ‖b‖)².</item>
/// <item>Inner product: A = −1, B = 0, N = ‖b‖.</item>
/// <item>Cosine: A = −1/‖b‖, B = 0, N = 1.</item>
/// </list>
/// <para>
/// Slopes hold the error of the chain and, with the 8 beside d, all single roundings around it. Rows so long or so short that
/// squares leave the range of a float have N = +∞: nothing is known of them, and they are always looked at in double precision.
/// </para>
/// </remarks>
internal static class Screening
{
    private const double Unit = 1.0 / (1 << 24);
    private const double Longest = 1e18;
    private const double Shortest = 1e-18;

    /// <summary>Of B under L2, as a part of ‖b‖².</summary>
    private const double SquareMargin = 8 * Unit;

    /// <summary>A, B and N of a base row of this (centred) length.</summary>
    public static (float A, float B, float N) OfRow(Metric metric, double length) =>
        metric switch
        {
            _ when !IsTame(length) => (0, 0, float.PositiveInfinity),
            Metric.L2 => (-2, (float)(length * length * (1 - SquareMargin)), (float)length),
            Metric.InnerProduct => (-1, 0, (float)length),
            _ => ((float)(-1 / length), 0, 1),
        };

    /// <summary>What is subtracted for each unit of N, for a query of this (centred) length.</summary>
    public static float Slope(Metric metric, double length, int dimension)
    {
        if (!IsTame(length))
            return float.PositiveInfinity;
        var steps = dimension + 8.0;
        var gamma = 1.01 * steps * Unit / (1 - Math.Min(0.5, steps * Unit));
        return (float)((metric == Metric.L2 ? 2 * gamma : gamma) * length);
    }

    /// <summary>The part of the error that depends on the query alone.</summary>
    public static double QueryMargin(Metric metric, double length) =>
        metric == Metric.L2 ? 3 * Unit * length * length : 0;

    /// <summary>The whole width between lower and upper bound, in units of the bound.</summary>
    public static double Width(Metric metric, float slope, float n, double queryMargin) =>
        2.02 * ((slope * (double)n) + (metric == Metric.L2 ? SquareMargin * n * n : 0) + queryMargin);

    // Zero is tame: everything about it is exact.
    private static bool IsTame(double length) => length is 0 or (> Shortest and < Longest);
}
