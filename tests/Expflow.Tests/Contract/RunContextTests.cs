using System.Text.Json;
using Expflow.Contract;
using Xunit;

namespace Expflow.Tests.Contract;

public sealed class RunContextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static RunContext Context(params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private string MetricsPath => folder["metrics.jsonl"];

    [Fact]
    public void A_program_used_alone_gets_an_empty_context_and_its_reports_go_nowhere()
    {
        using var run = Context();

        run.Report(1, ("loss", 0.5));

        Assert.Equal((null, 1, null, null), (run.RunId, run.Attempt, run.RunDirectory, run.Checkpoints));
        Assert.Null(run.Deadline);
        Assert.Empty(run.Parameters.EnumerateObject());
    }

    [Fact]
    public void Everything_that_the_manager_says_is_read()
    {
        var parameters = folder["parameters.json"];
        File.WriteAllText(parameters, """{"lr": 0.1, "model": "mlp"}""");
        using var run = Context(
            (EnvironmentNames.RunId, "1f3a9c"),
            (EnvironmentNames.Attempt, "3"),
            (EnvironmentNames.RunDirectory, folder.Path),
            (EnvironmentNames.Checkpoints, folder.Path),
            (EnvironmentNames.Parameters, parameters),
            (EnvironmentNames.Deadline, "1700000000")
        );

        Assert.Equal(
            ("1f3a9c", 3, folder.Path, folder.Path),
            (run.RunId, run.Attempt, run.RunDirectory, run.Checkpoints)
        );
        Assert.Equal(new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.Zero), run.Deadline);
        Assert.Equal(0.1, run.Parameters.GetProperty("lr").GetDouble());
    }

    [Theory]
    [InlineData(0.25, """{"step":7,"loss":0.25}""")]
    [InlineData(1e-300, """{"step":7,"loss":1E-300}""")]
    [InlineData(double.NaN, """{"step":7,"loss":"NaN"}""")]
    [InlineData(double.PositiveInfinity, """{"step":7,"loss":"Infinity"}""")]
    [InlineData(double.NegativeInfinity, """{"step":7,"loss":"-Infinity"}""")]
    public void A_report_is_one_line_of_JSON(double loss, string expected)
    {
        using (var run = Context((EnvironmentNames.Metrics, MetricsPath)))
            run.Report(7, ("loss", loss));

        Assert.Equal(expected + "\n", File.ReadAllText(MetricsPath));
    }

    [Fact]
    public void Lines_of_several_writers_of_one_file_never_mix()
    {
        Parallel.For(
            0,
            4,
            writer =>
            {
                using var run = Context((EnvironmentNames.Metrics, MetricsPath));
                for (var step = 0; step < 500; step++)
                    run.Report(step, ("writer", writer), ("loss", step / 3.0));
            }
        );

        var lines = File.ReadAllLines(MetricsPath)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToArray();
        Assert.Equal(2000, lines.Length);
        Assert.All(lines.CountBy(line => line.GetProperty("writer").GetInt32()), pair => Assert.Equal(500, pair.Value));
    }

    [Fact]
    public void A_request_to_save_is_seen_by_the_program()
    {
        using var run = Context();

        run.RequestSave();

        Assert.True(run.SaveRequested.IsCancellationRequested);
    }
}
