using VectorQuantization.Numerics;

namespace VectorQuantization.Measures;

/// <summary>How far distances between decoded rows stray from those between the rows themselves.</summary>
/// <param name="Mean">Mean of | ‖x̂ᵢ − x̂ⱼ‖ / (‖xᵢ − xⱼ‖ + 10⁻¹⁰) − 1 | over pairs.</param>
/// <param name="Median">Its median.</param>
/// <param name="Max">Its largest value.</param>
/// <param name="Pairs">Pairs of different rows.</param>
public readonly record struct PairwiseDistortion(double Mean, double Median, double Max, int Pairs)
{
    private const double AgainstZero = 1e-10;

    /// <summary>Of the pairs (xᵢ, xⱼ), whose decoded rows stand beside them.</summary>
    /// <param name="left">xᵢ, row-major.</param>
    /// <param name="right">xⱼ, row-major.</param>
    /// <param name="leftDecoded">x̂ᵢ.</param>
    /// <param name="rightDecoded">x̂ⱼ.</param>
    /// <param name="dimension">Coordinates a row.</param>
    public static PairwiseDistortion Of(
        ReadOnlySpan<float> left,
        ReadOnlySpan<float> right,
        ReadOnlySpan<float> leftDecoded,
        ReadOnlySpan<float> rightDecoded,
        int dimension
    )
    {
        var ratios = new double[left.Length / dimension];
        for (var i = 0; i < ratios.Length; i++)
        {
            var at = i * dimension;
            var exact = Math.Sqrt(Kernels.SquaredDistance(left.Slice(at, dimension), right.Slice(at, dimension)));
            var decoded = Math.Sqrt(
                Kernels.SquaredDistance(leftDecoded.Slice(at, dimension), rightDecoded.Slice(at, dimension))
            );
            ratios[i] = Math.Abs((decoded / (exact + AgainstZero)) - 1);
        }
        if (ratios.Length == 0)
            return new(double.NaN, double.NaN, double.NaN, 0);
        Array.Sort(ratios);
        var middle = ratios.Length / 2;
        var median = ratios.Length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
        return new(ratios.Average(), median, ratios[^1], ratios.Length);
    }
}
