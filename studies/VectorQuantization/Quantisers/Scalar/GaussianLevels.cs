using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Scalar;

/// <summary>The scalar quantisers of least squared error for N(0, 1).</summary>
/// <remarks>
/// Sources: S. Lloyd (1957), J. Max (1960). Plain Lloyd iterations take thousands of rounds from 5 bits on; the two conditions
/// (each level the mean of its cell, each threshold half-way between levels) are solved by Newton's method instead, whose
/// Jacobian is tridiagonal, damped as by Levenberg and Marquardt.
/// </remarks>
/// <param name="Levels">Ascending.</param>
/// <param name="Error">Mean squared error.</param>
internal sealed record GaussianLevels(double[] Levels, double Error)
{
    private const int Rounds = 300;

    /// <summary>2^<paramref name="bits"/> levels where they do best.</summary>
    public static GaussianLevels Of(int bits)
    {
        // By symmetry the positive half is enough; its first threshold is 0.
        var half = Start(1 << (bits - 1));
        var damping = 1.0;
        for (var round = 0; round < Rounds && damping is > 1e-20 and < 1e20; round++)
        {
            var better = Step(half, damping);
            var fine = Ascends(better) && ErrorOf(better) <= ErrorOf(half);
            damping *= fine ? 0.1 : 10;
            half = fine ? better : half;
        }
        return new([.. half.Reverse().Select(level => -level), .. half], ErrorOf(half));
    }

    /// <summary>The step between 2^<paramref name="bits"/> even levels, ±step/2 and so on, where they do best.</summary>
    public static double EvenStep(int bits)
    {
        double low = 0,
            high = 4;
        for (var i = 0; i < 60; i++)
        {
            var step = (low + high) / 2;
            if (Slope(Even(bits, step)) < 0)
                low = step;
            else
                high = step;
        }
        return low;
    }

    /// <summary>Mean squared error of 2^<paramref name="bits"/> even levels.</summary>
    public static double EvenError(int bits, double step) => ErrorOf(Even(bits, step));

    private static double[] Even(int bits, double step) =>
        [.. Enumerable.Range(0, 1 << (bits - 1)).Select(k => (k + 0.5) * step)];

    // Half the derivative of the error by the step, times the step: thresholds drop out, being half-way between levels.
    private static double Slope(double[] half)
    {
        var cells = Cells(half);
        return half.Select((level, i) => level * ((level * cells[i].Mass) - cells[i].Moment)).Sum();
    }

    // √3·Φ⁻¹: where levels lie when there are very many of them (Panter and Dite, 1951).
    private static double[] Start(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Math.Sqrt(3) * NormalDistribution.Exceeded(0.5 - ((i + 0.5) / (2 * count)))),
        ];

    private static double ErrorOf(double[] half)
    {
        var cells = Cells(half);
        return 1 + (2 * half.Select((level, i) => level * ((level * cells[i].Mass) - (2 * cells[i].Moment))).Sum());
    }

    private static (double Mass, double Moment)[] Cells(double[] half) =>
        [
            .. half.Select(
                (_, i) =>
                    (
                        NormalDistribution.UpperTail(Below(half, i)) - NormalDistribution.UpperTail(Above(half, i)),
                        NormalDistribution.Density(Below(half, i)) - NormalDistribution.Density(Above(half, i))
                    )
            ),
        ];

    private static double Below(double[] half, int i) => i == 0 ? 0 : (half[i - 1] + half[i]) / 2;

    private static double Above(double[] half, int i) =>
        i == half.Length - 1 ? double.PositiveInfinity : (half[i] + half[i + 1]) / 2;

    /// <summary>Where one damped Newton step on level·mass − moment = 0 of every cell leads; much damping makes it a short step of Lloyd's.</summary>
    private static double[] Step(double[] half, double damping)
    {
        var count = half.Length;
        var cells = Cells(half);
        var (left, middle, right, change) = (
            new double[count],
            new double[count],
            new double[count],
            new double[count]
        );
        for (var i = 0; i < count; i++)
        {
            change[i] = cells[i].Moment - (half[i] * cells[i].Mass);
            middle[i] = (1 + damping) * cells[i].Mass;
            if (i > 0)
                middle[i] += left[i] = -(half[i] - Below(half, i)) * NormalDistribution.Density(Below(half, i)) / 2;
            if (i < count - 1)
                middle[i] += right[i] = (half[i] - Above(half, i)) * NormalDistribution.Density(Above(half, i)) / 2;
        }
        SolveTridiagonal(left, middle, right, change);
        return [.. half.Zip(change, (level, by) => level + by)];
    }

    private static bool Ascends(double[] half) =>
        half[0] > 0 && half.Zip(half.Skip(1)).All(pair => pair.First < pair.Second);

    private static void SolveTridiagonal(double[] left, double[] middle, double[] right, double[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var factor = left[i] / middle[i - 1];
            middle[i] -= factor * right[i - 1];
            values[i] -= factor * values[i - 1];
        }
        for (var i = values.Length - 1; i >= 0; i--)
        {
            if (i < values.Length - 1)
                values[i] -= right[i] * values[i + 1];
            values[i] /= middle[i];
        }
    }
}
