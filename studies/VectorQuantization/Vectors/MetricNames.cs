namespace VectorQuantization.Vectors;

/// <summary>What metrics are called on command lines and in files.</summary>
public static class MetricNames
{
    /// <summary><c>l2</c>, <c>ip</c> or <c>cosine</c>.</summary>
    public static string Of(Metric metric) =>
        metric switch
        {
            Metric.L2 => "l2",
            Metric.InnerProduct => "ip",
            _ => "cosine",
        };

    /// <summary>The metric of that name; null when there is none.</summary>
    public static Metric? Find(string? name) =>
        name?.ToLowerInvariant() switch
        {
            "l2" => Metric.L2,
            "ip" => Metric.InnerProduct,
            "cosine" => Metric.Cosine,
            _ => null,
        };
}
