using System.Text.Json;
using CsCheck;
using Expflow.Metrics;
using Xunit;

namespace Expflow.Tests.Metrics;

public sealed class MetricSummaryTests
{
    [Fact]
    public void A_summary_tells_last_smallest_largest_and_mean()
    {
        var summary = Of((1, 2.0), (2, 0.5), (3, double.NaN), (4, 3.5));

        Assert.Equal(new MetricSummary(4, 1, 1, 3.5, 4, 0.5, 2, 3.5, 4, 2.0), summary);
    }

    [Fact]
    public void Without_a_finite_value_there_is_no_mean()
    {
        var summary = Of((1, double.PositiveInfinity), (2, double.NaN));

        Assert.Equal((2, 2, double.NaN, double.NaN), (summary.Count, summary.NonFinite, summary.Mean, summary.Min));
    }

    [Fact]
    public void Merging_parts_gives_the_whole()
    {
        var values = Gen.Select(
            Gen.Int[0, 50],
            Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity))
        ).Array[0, 30];
        Gen.Select(values, values)
            .Sample(
                (a, b) =>
                {
                    var whole = Of([
                        .. a.Select(v => ((long)v.Item1, v.Item2)),
                        .. b.Select(v => ((long)v.Item1, v.Item2)),
                    ]);
                    var merged = Of([.. a.Select(v => ((long)v.Item1, v.Item2))])
                        .Merge(Of([.. b.Select(v => ((long)v.Item1, v.Item2))]));
                    Assert.Equal(whole with { Mean = 0 }, merged with { Mean = 0 });
                    Assert.True(
                        double.IsNaN(whole.Mean)
                            ? double.IsNaN(merged.Mean)
                            : Math.Abs(whole.Mean - merged.Mean) <= 1e-6
                    );
                }
            );
    }

    [Fact]
    public void A_summary_comes_back_from_json()
    {
        var summaries = new Dictionary<string, MetricSummary>
        {
            ["loss"] = Of((1, 1e-300), (2, double.NegativeInfinity)),
            ["acc"] = Of((1, double.NaN)),
        };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            MetricSummaryJson.Write(writer, summaries);

        using var json = JsonDocument.Parse(stream.ToArray());
        var back = MetricSummaryJson.Read(json.RootElement);

        Assert.Equal(summaries.OrderBy(pair => pair.Key), back);
    }

    private static MetricSummary Of(params (long Step, double Value)[] values) =>
        values.Aggregate(MetricSummary.None, (summary, value) => summary.With(value.Step, value.Value));
}
