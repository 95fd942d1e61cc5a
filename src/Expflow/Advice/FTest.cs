namespace Expflow.Advice;

/// <summary>How likely a difference between groups comes by chance alone.</summary>
internal static class FTest
{
    private const int MostTerms = 300;
    private const double Small = 1e-14;

    // Lanczos' approximation of ln Γ, with the coefficients of Numerical Recipes, third edition, section 6.1 (five digits beyond what is needed).
    private static readonly double[] Lanczos =
    [
        76.18009172947146,
        -86.50532032941677,
        24.01409824083091,
        -1.231739572450155,
        0.1208650973866179e-2,
        -0.5395239384953e-5,
    ];

    /// <summary>The chance of an F of this size or more, where nothing but chance is at work.</summary>
    /// <param name="f">Mean square between groups over mean square within; infinite where nothing varies within.</param>
    /// <param name="between">Degrees of freedom between groups, at least 1.</param>
    /// <param name="within">Within, at least 1.</param>
    public static double Chance(double f, int between, int within) =>
        double.IsPositiveInfinity(f) ? 0
        : f <= 0 ? 1
        : IncompleteBeta(within / (within + (between * f)), within / 2.0, between / 2.0);

    // I_x(a, b) by its continued fraction (Abramowitz and Stegun 26.5.8), by Lentz' method.
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
            return x <= 0 ? 0 : 1;
        // It converges fast below the mean, and I_x(a, b) = 1 − I_{1−x}(b, a).
        if (x > (a + 1) / (a + b + 2))
            return 1 - IncompleteBeta(1 - x, b, a);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return front * Fraction(x, a, b) / a;
    }

    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / Away(1 - ((a + b) * x / (a + 1)));
        var fraction = d;
        for (var m = 1; m < MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / Away(1 + (even * d));
            c = Away(1 + (even / c));
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Away(1 + (odd * d));
            c = Away(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Small)
                break;
        }
        return fraction;
    }

    private static double Away(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    private static double LogGamma(double x)
    {
        var sum = 1.000000000190015;
        for (var i = 0; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (x + i + 1);
        var t = x + 5.5;
        return ((x + 0.5) * Math.Log(t)) - t + Math.Log(2.5066282746310005 * sum / x);
    }
}
