namespace VectorQuantization.Results;

/// <summary>Quantiles of Student's t distribution: how wide a 95 % interval around the mean of few values is.</summary>
public static class StudentT
{
    // Two-sided 95 % points for 1 to 30 degrees of freedom, as every statistics book prints them.
    private static readonly double[] Points =
    [
        12.706,
        4.303,
        3.182,
        2.776,
        2.571,
        2.447,
        2.365,
        2.306,
        2.262,
        2.228,
        2.201,
        2.179,
        2.160,
        2.145,
        2.131,
        2.120,
        2.110,
        2.101,
        2.093,
        2.086,
        2.080,
        2.074,
        2.069,
        2.064,
        2.060,
        2.056,
        2.052,
        2.048,
        2.045,
        2.042,
    ];

    /// <summary>The points of 1, 2, … degrees of freedom that stand in the table.</summary>
    internal static IReadOnlyList<double> Table => Points;

    /// <summary>How many standard errors the 95 % interval reaches to each side.</summary>
    /// <param name="freedom">Degrees of freedom: values − 1, at least 1.</param>
    public static double Reach95(int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        // Beyond the table: the first terms of the expansion around the normal distribution, right to 3 digits.
        return freedom <= Points.Length
            ? Points[freedom - 1]
            : 1.95996 + 2.3722 / freedom + 2.8224 / ((double)freedom * freedom);
    }
}
