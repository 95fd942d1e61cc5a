using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.Scalar;

namespace VectorQuantization.Quantisers.Saq;

/// <summary>Levels whose direction is near a row's, made nearer by moving one coordinate at a time.</summary>
/// <remarks>
/// "Code adjustment" of H. Li and others, "SAQ: Pushing the limits of vector quantization through code adjustment and dimension
/// segmentation" (2025, arXiv 2509.12086): each coordinate in turn goes a level up or down if that raises the cosine with the
/// row, for some rounds. The start here is what even levels for a normal distribution give, which is nearer to the end than
/// levels up to the largest coordinate are, and saves rounds.
/// </remarks>
internal static class CodeAdjustment
{
    /// <summary>Finds levels u, 0 … 2^bits − 1, that stand for u − (2^bits − 1)/2.</summary>
    /// <param name="row">Not all zero.</param>
    /// <param name="bits">1 to 8.</param>
    /// <param name="rounds">The most rounds; less when nothing moves any more.</param>
    /// <param name="levels">Overwritten.</param>
    /// <returns>The inner product of row and point, and the point's squared length.</returns>
    public static (double Along, double Square) Fit(ReadOnlySpan<float> row, int bits, int rounds, Span<byte> levels)
    {
        var (along, square) = Start(row, bits, levels);
        for (var round = 0; round < rounds; round++)
        {
            if (!Adjust(row, bits, levels, ref along, ref square))
                break;
        }
        return (along, square);
    }

    private static (double Along, double Square) Start(ReadOnlySpan<float> row, int bits, Span<byte> levels)
    {
        var top = (1 << bits) - 1;
        var deviation = Math.Sqrt(Kernels.Dot(row, row) / row.Length);
        var scale = (float)(1 / (Steps.Of(bits) * deviation));
        double along = 0,
            square = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var level = Math.Clamp(MathF.Floor((row[i] * scale) + ((top + 1) / 2f)), 0, top);
            levels[i] = (byte)level;
            var at = level - (top / 2f);
            along += row[i] * at;
            square += at * at;
        }
        return (along, square);
    }

    private static bool Adjust(
        ReadOnlySpan<float> row,
        int bits,
        Span<byte> levels,
        ref double along,
        ref double square
    )
    {
        var top = (1 << bits) - 1;
        var moved = false;
        for (var i = 0; i < row.Length; i++)
        {
            double x = row[i];
            var at = levels[i] - (top / 2.0);
            // The way in which the cosine's slope points.
            var up = x * square > along * at;
            if (levels[i] == (up ? top : 0))
                continue;
            var newAlong = up ? along + x : along - x;
            var newSquare = square + 1 + (up ? 2 * at : -2 * at);
            // A hair more than equal, so that rounding does not move a coordinate to and fro.
            if (newAlong <= 0 || newAlong * newAlong * square <= along * along * newSquare * (1 + 1e-9))
                continue;
            levels[i] = (byte)(levels[i] + (up ? 1 : -1));
            (along, square, moved) = (newAlong, newSquare, true);
        }
        return moved;
    }

    private static class Steps
    {
        private static readonly double[] steps = [.. Enumerable.Range(1, 8).Select(GaussianLevels.EvenStep)];

        public static double Of(int bits) => steps[bits - 1];
    }
}
