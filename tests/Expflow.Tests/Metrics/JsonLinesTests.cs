using Expflow.Metrics;
using Xunit;

namespace Expflow.Tests.Metrics;

public sealed class JsonLinesTests
{
    [Theory]
    [InlineData("""{"step": 3, "loss": 0.21}""", "loss@3=0.21")]
    [InlineData("""{"loss":0.21,"step":3}""", "loss@3=0.21")]
    [InlineData("""{"loss": NaN, "step": 1}""", "loss@1=NaN")]
    [InlineData("""{"a": Infinity, "b": -Infinity}""", "a@0=Infinity b@0=-Infinity")]
    [InlineData(
        """{"a": "nan", "b": "inf", "c": "-inf", "d": "0.5", "e": "adam"}""",
        "a@0=NaN b@0=Infinity c@0=-Infinity"
    )]
    [InlineData("""{"val": {"loss": 1, "f1": {"macro": 0.5}}}""", "val.loss@0=1 val.f1.macro@0=0.5")]
    [InlineData("""{"a": true, "b": null, "c": [1, "]", {"d": 2}], "e": 1}""", "e@0=1")]
    [InlineData("""{"time": 1700000000.5, "timestamp": "2026", "loss": 1}""", "loss@0=1")]
    [InlineData(
        """{"a": 1e-3, "b": -2.5E+10, "c": 0.1234567890123456789}""",
        "a@0=0.001 b@0=-25000000000 c@0=0.12345678901234568"
    )]
    [InlineData(
        """{"a": 5e-324, "b": 1.7976931348623157e308, "c": 1e999}""",
        "a@0=5E-324 b@0=1.7976931348623157E+308 c@0=Infinity"
    )]
    [InlineData("""{"step": 1e3, "a": 9007199254740993}""", "a@1000=9007199254740992")]
    [InlineData("""{"l\u00f6ss \"x\"": 1}""", "löss \"x\"@0=1")]
    [InlineData("  {\"a\" : 1 }\t\r", "a@0=1")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    public void A_line_gives_its_numbers(string line, string expected)
    {
        var (values, reader) = ReadMetrics.From(new MetricFormat.JsonLines(), line + "\n");

        Assert.Equal(expected, string.Join(' ', values));
        Assert.Equal(0, reader.Invalid);
    }

    [Theory]
    [InlineData("""{"loss": 0.2""")]
    [InlineData("""{"loss": }""")]
    [InlineData("""{"loss": 0.2} trailing""")]
    [InlineData("""{"step": 1.5, "loss": 0.2}""")]
    [InlineData("""{"step": NaN, "loss": 0.2}""")]
    [InlineData("""{"loss": 0.2.3}""")]
    [InlineData("""{"loss" 1}""")]
    [InlineData("""{"lo\qss": 1}""")]
    [InlineData("""["loss", 1]""")]
    [InlineData("""epoch 1""")]
    [InlineData("\"")]
    [InlineData("{\"a\\")]
    public void A_line_that_is_none_is_counted_with_its_place_and_the_rest_is_read(string line)
    {
        var (values, reader) = ReadMetrics.From(new MetricFormat.JsonLines(), "{\"a\": 1}\n" + line + "\n{\"a\": 2}\n");

        Assert.Equal(["a@0=1", "a@2=2"], values);
        Assert.Equal(1, reader.Invalid);
        Assert.StartsWith("metrics.jsonl:2: '", Assert.Single(reader.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_nested_objects_are_one_invalid_line()
    {
        var line = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        Assert.Equal(1, ReadMetrics.From(new MetricFormat.JsonLines(), line).Reader.Invalid);
    }

    [Fact]
    public void Many_metrics_keep_their_names()
    {
        var line = "{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"m{i}\": {i}")) + "}\n";

        var (values, _) = ReadMetrics.From(new MetricFormat.JsonLines(), line + line);

        Assert.Equal(600, values.Length);
        Assert.Equal("m299@1=299", values[^1]);
    }
}
