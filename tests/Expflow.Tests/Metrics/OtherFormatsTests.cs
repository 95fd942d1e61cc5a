using Expflow.Metrics;
using Xunit;

namespace Expflow.Tests.Metrics;

public sealed class OtherFormatsTests
{
    [Theory]
    [InlineData("epoch,loss\n1,0.5\n2,0.25\n", "epoch", "loss@1=0.5 loss@2=0.25")]
    [InlineData("loss,acc\n0.5,nan\n0.25,1\n", "step", "loss@0=0.5 acc@0=NaN loss@1=0.25 acc@1=1")]
    [InlineData("step;loss\r\n1;0.5\r\n", "step", "loss@1=0.5")]
    [InlineData("step\tloss\n1\t\n2\t3", "step", "loss@2=3")]
    [InlineData(
        "step,\"val, loss\",name\n1,\"0.5\",\"two\nlines, \"\"quoted\"\"\"\n2,1,x\n",
        "step",
        "val, loss@1=0.5 val, loss@2=1"
    )]
    [InlineData("\uFEFFstep,loss\n1,2\n", "step", "loss@1=2")]
    public void A_csv_row_gives_its_numbers(string text, string step, string expected)
    {
        var (values, reader) = ReadMetrics.From(new MetricFormat.Csv(step), text);

        Assert.Equal(expected, string.Join(' ', values));
        Assert.Equal(0, reader.Invalid);
    }

    [Theory]
    [InlineData("step,loss\n1\n2,0.5\n")]
    [InlineData("step,loss\n1,2,3\n2,0.5\n")]
    [InlineData("step,loss\none,2\n2,0.5\n")]
    public void A_csv_row_that_does_not_fit_is_counted(string text)
    {
        var (values, reader) = ReadMetrics.From(new MetricFormat.Csv(), text);

        Assert.Equal(["loss@2=0.5"], values);
        Assert.Equal("metrics.jsonl:2", reader.Problems[0].Place.ToString());
    }

    [Theory]
    [InlineData("""{"loss": 0.5}""", "loss@0=0.5")]
    [InlineData("[\n {\"step\": 4, \"loss\": 0.5},\n {\"loss\": NaN}\n]\n", "loss@4=0.5 loss@1=NaN")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public void A_json_file_gives_its_numbers(string text, string expected)
    {
        var (values, reader) = ReadMetrics.From(new MetricFormat.Json(), text);

        Assert.Equal(expected, string.Join(' ', values));
        Assert.Equal(0, reader.Invalid);
    }

    [Fact]
    public void A_json_file_that_breaks_off_gives_what_stands_before_it()
    {
        var (values, reader) = ReadMetrics.From(new MetricFormat.Json(), "[{\"a\": 1}, {\"a\": ");

        Assert.Equal(["a@0=1"], values);
        Assert.Equal(1, reader.Invalid);
    }

    [Theory]
    [InlineData("epoch 3 loss 0.5\n", "loss@3=0.5")]
    [InlineData("hello\nepoch 3 loss nan\n", "loss@3=NaN")]
    [InlineData("\u001b[32mepoch\u001b[0m 3 loss 1e-3,\n", "loss@3=0.001")]
    [InlineData("epoch 1 loss 3\repoch 2 loss 2\r\nepoch 3 loss 1\n", "loss@1=3 loss@2=2 loss@3=1")]
    [InlineData("epoch 1 loss none\n", "")]
    public void Output_that_fits_the_pattern_gives_its_numbers(string text, string expected)
    {
        var (values, _) = ReadMetrics.From(Output(@"epoch (?<step>\d+) .*?loss (?<loss>\S+)"), text);

        Assert.Equal(expected, string.Join(' ', values));
    }

    [Theory]
    [InlineData(@"loss=(?P<loss>\S+)")]
    [InlineData(@"(?<==)(?<loss>[\d.]+)")]
    public void Without_a_step_matches_count_from_0(string pattern)
    {
        var (values, _) = ReadMetrics.From(Output(pattern), "loss=1\nsaved\nloss=2\n");

        Assert.Equal(["loss@0=1", "loss@1=2"], values);
    }

    [Theory]
    [InlineData("loss (", "'loss (' is no regular expression")]
    [InlineData("loss (\\d+)", "names no metric")]
    [InlineData("(?<step>\\d+)", "names no metric")]
    public void A_pattern_that_can_give_no_metric_is_a_problem(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(MetricPattern.Parse(text).Problems).Text, StringComparison.Ordinal);

    private static MetricFormat.Output Output(string pattern)
    {
        Assert.True(MetricPattern.Parse(pattern).TryGet(out var good));
        return new MetricFormat.Output(good);
    }
}
