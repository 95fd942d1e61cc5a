using Expflow.Results;
using Expflow.Tests.Journal;
using Expflow.Tracking;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Results;

public sealed class RunTableTests
{
    [Fact]
    public void A_parameter_or_metric_with_the_name_of_a_column_keeps_its_own()
    {
        var table = Table(
            """{"stage": 1, "lr": 0.1}""",
            """{"lr": {"count": 1, "last": 3}, "state": {"count": 1, "last": 4}}"""
        );
        Assert.Equal(["parameters.stage", "lr"], table.Parameters);
        Assert.Equal(["metrics.lr", "metrics.state"], table.Metrics);
        Assert.Equal("done", table.Rows.Find("state")!.Text(0));
    }

    [Fact]
    public void Only_parameters_with_several_values_vary_however_they_are_spelt()
    {
        var table = RunTable.Of(
            [Run(1, """{"lr": 0.001, "wd": 1, "seed": 0}"""), Run(2, """{"lr": 1e-3, "wd": 1.0, "seed": 1}""")],
            _ => null
        );
        Assert.Equal(["seed"], table.Varying);
    }

    [Fact]
    public void A_run_that_waits_to_be_run_again_has_no_result()
    {
        var again = Run(1, "{}", """{"loss": {"count": 1, "last": 3}}""", Requeued(1, 1, after: 1));
        var table = RunTable.Of([again, Run(2, "{}", """{"loss": {"count": 1, "last": 4}}""")], _ => null);
        Assert.Null(table.Rows.Find("loss")!.Text(0));
        Assert.Equal("4", table.Rows.Find("loss")!.Text(1));
    }

    [Theory]
    [InlineData(SummaryPart.Last, "3")]
    [InlineData(SummaryPart.Min, "1")]
    [InlineData(SummaryPart.Max, "5")]
    [InlineData(SummaryPart.Mean, "2.5")]
    public void The_part_of_the_summary_that_was_asked_for_stands_in_the_column(SummaryPart part, string value)
    {
        var run = Run(1, "{}", """{"loss": {"count": 4, "last": 3, "min": 1, "max": 5, "mean": 2.5}}""");
        Assert.Equal(value, RunTable.Of([run], _ => null, part).Rows.Find("loss")!.Text(0));
    }

    [Theory]
    [InlineData("loss", false)]
    [InlineData("test_accuracy", true)]
    [InlineData("val/F1", true)]
    [InlineData("acceleration", false)]
    [InlineData("recall@10", true)]
    [InlineData("map_error", false)]
    public void More_is_better_of_metrics_that_are_called_so(string metric, bool highest) =>
        Assert.Equal(highest, BestKey.GuessHighest(metric));

    [Theory]
    [InlineData("loss:max", "loss", true)]
    [InlineData("loss", "loss", false)]
    [InlineData("loss:least", null, false)]
    [InlineData("los", null, false)]
    public void The_best_is_by_a_metric_and_a_direction(string text, string? metric, bool highest)
    {
        var key = BestKey.Parse(text, Table("{}", """{"loss": {"count": 1, "last": 3}}"""));
        Assert.Equal(metric is not null, key.TryGet(out var found));
        if (metric is not null)
            Assert.Equal(new BestKey(metric, highest), found);
    }

    [Fact]
    public void Curves_are_put_together_by_step_and_a_step_that_one_lacks_is_that_of_the_others()
    {
        var mean = MeanCurve.Of([new([0, 1, 2], [1, 2, 3]), new([1, 3], [4, double.NaN])]);
        Assert.Equal([0, 1, 2, 3], mean.Points.Select(point => point.Step));
        Assert.Equal([1, 3, 3, double.NaN], mean.Points.Select(point => point.Mean));
        Assert.Equal([1, 2, 1, 0], mean.Points.Select(point => point.Count));
    }

    [Fact]
    public void A_best_among_values_that_are_all_missing_is_none()
    {
        var table = Table("{}", """{"loss": {"count": 1, "last": "nan"}}""");
        Assert.True(ResultsQuery.Answer(table, new() { Best = "loss" }).TryGet(out var report));
        Assert.Null(report.Best);
    }

    private static RunTable Table(string parameters, string metrics) =>
        RunTable.Of([Run(1, parameters, metrics)], _ => null);

    private static TrackedRun Run(
        int number,
        string parameters,
        string? metrics = null,
        params Expflow.Journal.JournalEvent[] later
    ) =>
        new(
            "e",
            new(JournalEvents.Run(number), "main", parameters, $"e/main/{number}", []),
            TheSubmission,
            later
                .Prepend(Ended(number, 1) with { Metrics = metrics })
                .Aggregate(RunHistory.Empty, (history, happened) => history.With(happened))
        );
}
