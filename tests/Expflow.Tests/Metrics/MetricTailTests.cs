using System.Text;
using Expflow.Metrics;
using Xunit;

namespace Expflow.Tests.Metrics;

public sealed class MetricTailTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("expflow metrics").FullName;
    private readonly List<string> values = [];

    [Fact]
    public void A_torn_last_line_is_left_for_the_next_read()
    {
        var tail = Tail("a.jsonl");
        Append("a.jsonl", "{\"a\": 1}\n{\"a\"");
        tail.Read(complete: false, Sink(tail));
        Assert.Equal(["a@0=1"], values);

        Append("a.jsonl", ": 2}\n");
        tail.Read(complete: false, Sink(tail));
        tail.Read(complete: false, Sink(tail));

        Assert.Equal(["a@0=1", "a@1=2"], values);
        Assert.Equal(0, tail.Reader.Invalid);
    }

    [Theory]
    [InlineData("{\"a\": 2}", 2, 0)]
    [InlineData("{\"a\": ", 1, 1)]
    public void When_the_program_has_ended_a_last_line_without_an_end_counts(string last, int count, int invalid)
    {
        var tail = Tail("a.jsonl");
        Append("a.jsonl", "{\"a\": 1}\n" + last);

        tail.Read(complete: true, Sink(tail));

        Assert.Equal((count, invalid), (values.Count, (int)tail.Reader.Invalid));
    }

    [Fact]
    public void A_file_that_is_not_there_has_nothing()
    {
        var tail = Tail("none.jsonl");
        tail.Read(complete: true, Sink(tail));
        Assert.Empty(values);
    }

    [Fact]
    public void Lines_across_blocks_come_whole_and_any_cut_gives_the_same()
    {
        var text = string.Concat(
            Enumerable.Range(0, 5000).Select(i => $"{{\"step\": {i}, \"loss\": {i}.5, \"s\": \"\"}}\n")
        );
        Append("a.jsonl", text);
        var tail = Tail("a.jsonl");
        tail.Read(complete: false, Sink(tail));

        Assert.Equal(5000, values.Count);
        Assert.Equal(ReadMetrics.From(new MetricFormat.JsonLines(), text).Values, values);
        Assert.Equal(text.Length, tail.Offset);
    }

    [Fact]
    public void A_line_longer_than_the_limit_is_counted_and_the_next_is_read()
    {
        Append("a.jsonl", "{\"a\": 1}\n{\"b\": \"" + new string('x', MetricTail.LongestLine * 2) + "\"}\n{\"a\": 2}\n");
        var tail = Tail("a.jsonl");

        tail.Read(complete: true, Sink(tail));

        Assert.Equal(["a@0=1", "a@2=2"], values);
        Assert.Contains("longer than 16 MB", Assert.Single(tail.Reader.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_below_the_limit_is_read()
    {
        Append("a.jsonl", "{\"b\": \"" + new string('x', 10_000_000) + "\", \"a\": 1}\n");
        var tail = Tail("a.jsonl");
        tail.Read(complete: true, Sink(tail));
        Assert.Equal(["a@0=1"], values);
    }

    [Theory]
    [InlineData(9, 18L, "a@0=2 a@1=3")]
    [InlineData(18, null, "a@0=3 a@1=4")]
    [InlineData(99, 9L, "")]
    public void A_part_of_a_file_is_read_alone(long start, long? length, string expected)
    {
        Append("segment", "{\"a\":1} \n{\"a\":2} \n{\"a\":3} \n{\"a\":4} \n");
        var tail = MetricTail.Of(
            new(Path.Combine(folder, "segment"), new MetricFormat.JsonLines(), start, length),
            new()
        );

        tail.Read(complete: true, Sink(tail));

        Assert.Equal(expected, string.Join(' ', values));
    }

    [Fact]
    public void A_later_attempt_stands_in_place_of_earlier_ones_from_its_first_step_on()
    {
        Append("1.jsonl", "{\"step\":1,\"a\":1}\n{\"step\":2,\"a\":2}\n{\"step\":3,\"a\":3}\n");
        Append("2.jsonl", "{\"step\":3,\"a\":30}\n{\"step\":4,\"a\":40}\n");
        Append("3.jsonl", "{\"step\":2,\"a\":200}\n");
        var names = new MetricNames();
        var attempts = Enumerable
            .Range(1, 3)
            .Select(n => new AttemptMetrics(
                n,
                [new(Path.Combine(folder, $"{n}.jsonl"), new MetricFormat.JsonLines())]
            ));

        new RunMetrics(names).Read(
            [.. attempts],
            (attempt, metric, step, value) => values.Add($"{attempt}:{step}={value}")
        );

        Assert.Equal(["1:1=1", "3:2=200"], values);
        Assert.Equal(2, RunMetrics.Summarise([.. attempts])["a"].Count);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private MetricTail Tail(string name) =>
        new(MetricReader.For(new MetricFormat.JsonLines(), Path.Combine(folder, name), new MetricNames()));

    private MetricSink Sink(MetricTail tail) => ReadMetrics.Into(values, tail.Reader.Names);

    private void Append(string name, string text) =>
        File.AppendAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
}
