namespace VectorQuantization.Numerics;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
public static class NormalDistribution
{
    /// <summary>φ(x).</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>P(X &gt; x), to 13 significant digits.</summary>
    /// <remarks>Source: G. Marsaglia, "Evaluating the normal distribution" (2004); Laplace's continued fraction from 3 on.</remarks>
    public static double UpperTail(double x)
    {
        if (x < 0)
            return 1 - UpperTail(-x);
        return x < 3 ? 0.5 - UpToFromZero(x) : FarTail(x);
    }

    /// <summary>The x that is exceeded with probability <paramref name="tail"/>, between 0 and 1.</summary>
    public static double Exceeded(double tail)
    {
        if (tail > 0.5)
            return -Exceeded(1 - tail);
        double low = 0,
            high = 40;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (UpperTail(middle) > tail)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    private static double UpToFromZero(double x)
    {
        double sum = x,
            before = 0,
            term = x;
        for (var i = 3; sum != before; i += 2)
        {
            before = sum;
            term *= x * x / i;
            sum += term;
        }
        return sum * Density(x);
    }

    private static double FarTail(double x)
    {
        if (double.IsInfinity(x))
            return 0;
        var fraction = x;
        for (var i = 120; i > 0; i--)
            fraction = x + (i / fraction);
        return Density(x) / fraction;
    }
}
