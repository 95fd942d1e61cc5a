using System.Globalization;
using System.Text;
using Expflow.Metrics;

namespace Expflow.Tests.Metrics;

/// <summary>Reads text with a format and tells the values as <c>metric@step=value</c>.</summary>
internal static class ReadMetrics
{
    public static (string[] Values, MetricReader Reader) From(MetricFormat format, string text)
    {
        var values = new List<string>();
        var reader = MetricReader.For(format, "metrics.jsonl", new MetricNames());
        reader.Read(Encoding.UTF8.GetBytes(text), complete: true, Into(values, reader.Names));
        return ([.. values], reader);
    }

    public static MetricSink Into(List<string> values, MetricNames names) =>
        (metric, step, value) =>
            values.Add($"{names[metric]}@{step}={value.ToString("R", CultureInfo.InvariantCulture)}");
}
