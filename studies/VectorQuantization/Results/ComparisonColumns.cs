namespace VectorQuantization.Results;

/// <summary>A column of numbers in the comparison.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Measure">What stands in it.</param>
/// <param name="Decimals">How many digits stand after the point, by the mean.</param>
internal sealed record ComparisonColumn(string Title, Measure Measure, Func<double, int> Decimals);

/// <summary>What the comparison shows of each configuration.</summary>
internal static class ComparisonColumns
{
    internal static IReadOnlyList<ComparisonColumn> All { get; } =
    [
        new("bytes", Of("bytes_per_vector"), _ => 0),
        new("compression", Of("compression"), _ => 1),
        new("MSE", Of("mse_per_vector"), mean => Significant(mean, 4)),
        new("R@1", Of("recall_at_1"), _ => 4),
        new("R@10", Of("recall_at_10"), _ => 4),
        new("R@100", Of("recall_at_100"), _ => 4),
        new("10@10", Of("intersection_10"), _ => 4),
        new("QPS", Of("qps_one_thread"), mean => Significant(mean, 3)),
        new("train s", Of("train_seconds"), mean => Significant(mean, 3)),
        new("encode s", Of("encode_seconds"), mean => Significant(mean, 3)),
    ];

    private const int MostDecimals = 9;

    private static Measure Of(string name) => MeasureCatalogue.Find(name)!;

    private static int Significant(double value, int digits) =>
        value == 0 || !double.IsFinite(value)
            ? 0
            : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostDecimals);
}
