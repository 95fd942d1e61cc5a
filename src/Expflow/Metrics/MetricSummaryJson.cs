using System.Text.Json;

namespace Expflow.Metrics;

/// <summary>Summaries as JSON: <c>{"loss": {"count": 40, "non_finite": 0, "first_step": 0, "last": 0.2, …}}</c>. Values that JSON has no number for are the words nan, inf and -inf.</summary>
public static class MetricSummaryJson
{
    /// <summary>Writes an object with one member for each metric.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, MetricSummary> summaries)
    {
        json.WriteStartObject();
        foreach (var (name, summary) in summaries)
        {
            json.WriteStartObject(name);
            json.WriteNumber("count"u8, summary.Count);
            json.WriteNumber("non_finite"u8, summary.NonFinite);
            json.WriteNumber("first_step"u8, summary.FirstStep);
            WriteValue(json, "last"u8, summary.Last);
            json.WriteNumber("last_step"u8, summary.LastStep);
            WriteValue(json, "min"u8, summary.Min);
            json.WriteNumber("min_step"u8, summary.MinStep);
            WriteValue(json, "max"u8, summary.Max);
            json.WriteNumber("max_step"u8, summary.MaxStep);
            WriteValue(json, "mean"u8, summary.Mean);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; members that it does not know, and metrics that are no objects, are passed over.</summary>
    public static IReadOnlyDictionary<string, MetricSummary> Read(JsonElement json)
    {
        var summaries = new SortedDictionary<string, MetricSummary>(StringComparer.Ordinal);
        if (json.ValueKind != JsonValueKind.Object)
            return summaries;
        foreach (var metric in json.EnumerateObject())
        {
            if (metric.Value.ValueKind == JsonValueKind.Object)
                summaries[metric.Name] = ReadOne(metric.Value);
        }
        return summaries;
    }

    private static MetricSummary ReadOne(JsonElement json) =>
        new(
            Whole(json, "count"u8),
            Whole(json, "non_finite"u8),
            Whole(json, "first_step"u8),
            Value(json, "last"u8),
            Whole(json, "last_step"u8),
            Value(json, "min"u8),
            Whole(json, "min_step"u8),
            Value(json, "max"u8),
            Whole(json, "max_step"u8),
            Value(json, "mean"u8)
        );

    private static long Whole(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Number
        && member.TryGetInt64(out var whole)
            ? whole
            : 0;

    private static double Value(JsonElement json, ReadOnlySpan<byte> name)
    {
        if (!json.TryGetProperty(name, out var member))
            return double.NaN;
        return member.ValueKind switch
        {
            JsonValueKind.Number => member.GetDouble(),
            JsonValueKind.String => member.GetString() switch
            {
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                _ => double.NaN,
            },
            _ => double.NaN,
        };
    }

    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(
                name,
                double.IsNaN(value) ? "nan"u8
                    : value > 0 ? "inf"u8
                    : "-inf"u8
            );
    }
}
