using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Quantisers.Scalar;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>The point of a grid ±½, ±1½, … ±(2^b − ½) whose direction comes nearest to a row's.</summary>
/// <remarks>
/// J. Gao and others, "Practical and asymptotically optimal quantization of high-dimensional vectors" (extended RaBitQ, 2024): the
/// best point is what rounding gives for some scale, so all scales at which a coordinate changes its level are tried, by a heap.
/// Near the best scale the cosine is flat to the sixth digit. Here some scales around that of a normal distribution are tried
/// with vector instructions, then finer ones around the best of them: a tenth of the time and less, and what is lost of the cosine
/// is below 10⁻⁵ (a test compares it with all scales).
/// </remarks>
internal sealed class GridScale
{
    private const int Coarse = 16;
    private const int Fine = 8;
    private const double Spread = 3;

    // Scales tried, as multiples of that for a normal distribution, then of the best one so far; an even number each.
    private static readonly double[][] rounds =
    [
        Around(Math.Pow(Spread, 2.0 / (Coarse - 1)), Coarse),
        Around(Math.Pow(Spread, 4.0 / (Coarse - 1) / (Fine + 1)), Fine),
        Around(Math.Pow(Spread, 8.0 / (Coarse - 1) / ((Fine + 1) * (Fine + 1))), Fine),
    ];

    private readonly int top;
    private readonly double normal;

    /// <param name="extraBits">Bits beside the sign: 1 to 8.</param>
    public GridScale(int extraBits)
    {
        top = (1 << extraBits) - 1;
        normal = 1 / GaussianLevels.EvenStep(extraBits + 1);
    }

    /// <summary>The scale t for which the levels min(⌊t·|xᵢ|⌋, 2^b − 1) + ½ come nearest to the direction of |x|.</summary>
    /// <param name="sizes">|x|, filled up with zeros to a multiple of 16.</param>
    /// <param name="dimension">How many of them count.</param>
    /// <param name="squared">Σ x², above 0.</param>
    public float Best(ReadOnlySpan<float> sizes, int dimension, float squared)
    {
        var best = (Scale: normal / Math.Sqrt(squared / dimension), Value: -1.0);
        foreach (var factors in rounds)
        {
            var centre = best.Scale;
            for (var i = 0; i < factors.Length; i += 2)
                Try(sizes, dimension, centre * factors[i], centre * factors[i + 1], ref best);
        }
        return (float)best.Scale;
    }

    private static double[] Around(double ratio, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Pow(ratio, i - ((count - 1) / 2.0)))];

    private void Try(
        ReadOnlySpan<float> sizes,
        int dimension,
        double one,
        double other,
        ref (double Scale, double Value) best
    )
    {
        var (first, second) = ((float)one, (float)other);
        var (cosine, another) = Cosines(sizes, sizes.Length - dimension, first, second);
        if (cosine > best.Value)
            best = (first, cosine);
        if (another > best.Value)
            best = (second, another);
    }

    /// <summary>The squared cosines, times Σ x², at two scales.</summary>
    private (double First, double Second) Cosines(ReadOnlySpan<float> sizes, int filled, float first, float second)
    {
        ref var x = ref MemoryMarshal.GetReference(sizes);
        var highest = Vector512.Create(top + 0.5f);
        var (t0, t1) = (Vector512.Create(first), Vector512.Create(second));
        var (along0, along1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (square0, square1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (nuint i = 0; i < (nuint)sizes.Length; i += 16)
        {
            var size = Vector512.LoadUnsafe(ref x, i);
            var level0 = Level(size * t0, highest);
            var level1 = Level(size * t1, highest);
            along0 = Vector512.FusedMultiplyAdd(level0, size, along0);
            along1 = Vector512.FusedMultiplyAdd(level1, size, along1);
            square0 = Vector512.FusedMultiplyAdd(level0, level0, square0);
            square1 = Vector512.FusedMultiplyAdd(level1, level1, square1);
        }
        return (
            Ratio(Vector512.Sum(along0), Vector512.Sum(square0), filled),
            Ratio(Vector512.Sum(along1), Vector512.Sum(square1), filled)
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Level(Vector512<float> scaled, Vector512<float> highest) =>
        Vector512.MinNative(Vector512.Floor(scaled) + Vector512.Create(0.5f), highest);

    // Zeros that fill up count with ½² each.
    private static double Ratio(double along, double square, int filled) => along * along / (square - (0.25 * filled));
}
