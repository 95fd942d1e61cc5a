using System.Globalization;

namespace Expflow.Metrics;

/// <summary>What failed checks say.</summary>
internal static class CheckTexts
{
    public static string NeverCame(string metric) => $"{metric} never came: the run must write it";

    public static string NotFinite(string metric, long step, double value) =>
        $"{metric} {Number(value)} at step {step}: must be finite";

    public static string SomeNotFinite(string metric, MetricSummary values) =>
        $"{metric} is not finite in {values.NonFinite} of {values.Count} values: must be finite";

    public static string OutOfRange(MetricCheck check, long step, double value) =>
        $"{check.Metric} {Number(value)} at step {step}: must be "
        + check switch
        {
            { Min: { } min, Max: { } max } => $"from {Number(min)} to {Number(max)}",
            { Min: { } min } => $"at least {Number(min)}",
            _ => $"at most {Number(check.Max ?? double.NaN)}",
        };

    public static string Below(MetricCheck check) => $"must be below {Number(check.Below ?? double.NaN)}{By(check)}";

    public static string Above(MetricCheck check) => $"must be above {Number(check.Above ?? double.NaN)}{By(check)}";

    public static string NotReached(string metric, long step, double value, string must) =>
        $"{metric} {Number(value)} at step {step}: {must}";

    public static string NeverReached(
        string metric,
        MetricSummary seen,
        string end,
        double value,
        long step,
        string must
    ) =>
        double.IsNaN(value)
            ? $"{metric} was never finite up to step {seen.LastStep}: {must}"
            : $"{metric} ended at step {seen.LastStep}, {end} {Number(value)} at step {step}: {must}";

    public static string NeverVaried(string metric, MetricSummary seen) =>
        seen.Count == 1
            ? $"{metric} came once, {Number(seen.Last)} at step {seen.LastStep}: must vary"
            : $"{metric} was {Number(seen.Last)} in all {seen.Count} values, steps {seen.FirstStep} to {seen.LastStep}: must vary";

    private static string By(MetricCheck check) => check.By is { } by ? $" by step {by}" : "";

    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan"
        : value > 0 ? "inf"
        : "-inf";
}
