namespace VectorQuantization.Numerics;

/// <summary>QL with implicit shifts on a symmetric tridiagonal matrix.</summary>
internal static class TridiagonalQl
{
    private const int MostSweeps = 60;

    /// <summary>The eigenvalues, in no particular order, and the rotations that lead to them.</summary>
    /// <param name="diagonal">Overwritten: the eigenvalues.</param>
    /// <param name="beside">Entry i stands between rows i and i + 1; overwritten.</param>
    /// <param name="stop">Ends the work.</param>
    public static (double[] Values, RotationSweeps Sweeps) Diagonalise(
        double[] diagonal,
        double[] beside,
        CancellationToken stop
    )
    {
        var sweeps = new RotationSweeps();
        for (var first = 0; first < diagonal.Length; first++)
        {
            stop.ThrowIfCancellationRequested();
            for (var sweep = 0; ; sweep++)
            {
                var last = EndOfBlock(diagonal, beside, first);
                if (last == first)
                    break;
                if (sweep == MostSweeps)
                    throw new ArithmeticException("The eigenvalues don't converge.");
                Sweep(diagonal, beside, first, last, sweeps);
            }
        }
        return (diagonal, sweeps);
    }

    private static int EndOfBlock(double[] diagonal, double[] beside, int first)
    {
        var last = first;
        for (; last < diagonal.Length - 1; last++)
        {
            var size = Math.Abs(diagonal[last]) + Math.Abs(diagonal[last + 1]);
            if (size + Math.Abs(beside[last]) == size)
                break;
        }
        return last;
    }

    private static void Sweep(double[] d, double[] e, int first, int last, RotationSweeps sweeps)
    {
        var g = (d[first + 1] - d[first]) / (2 * e[first]);
        g = d[last] - d[first] + (e[first] / (g + Math.CopySign(Math.Sqrt((g * g) + 1), g)));
        double s = 1,
            c = 1,
            p = 0;
        sweeps.Begin(last - 1);
        for (var i = last - 1; i >= first; i--)
        {
            var f = s * e[i];
            var b = c * e[i];
            var r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[last] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            sweeps.Add(c, s);
        }
        d[first] -= p;
        e[first] = g;
        e[last] = 0;
    }
}
