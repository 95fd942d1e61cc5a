using Expflow.Metrics;
using Xunit;

namespace Expflow.Tests.Metrics;

public sealed class CheckJudgeTests
{
    private static readonly MetricCheck Loss = new("loss");

    public static TheoryData<MetricCheck, double[], string> Live =>
        new()
        {
            {
                Loss with
                {
                    Below = 2.2,
                    By = 3,
                },
                [2.4, 2.35, 2.31],
                "loss 2.31 at step 3: must be below 2.2 by step 3"
            },
            { Loss with { Below = 2.2, By = 3 }, [2.4, 2.1, 2.31, 2.4], "" },
            { Loss with { Below = 2.2, By = 3 }, [2.4, 2.3, 2.1], "" },
            { Loss with { Above = 0.5, By = 2 }, [0.4, double.NaN], "loss nan at step 2: must be above 0.5 by step 2" },
            { Loss with { Min = 0, Max = 1 }, [0, 1, 1.5, 2], "loss 1.5 at step 3: must be from 0 to 1" },
            { Loss with { Min = 0 }, [-1e-9], "loss -1E-09 at step 1: must be at least 0" },
            { Loss with { Max = 1 }, [double.PositiveInfinity], "loss inf at step 1: must be at most 1" },
            { Loss with { Max = 1, Finite = true }, [double.NaN, double.NaN], "loss nan at step 1: must be finite" },
            { Loss with { Varies = true }, [1, 1], "" },
        };

    public static TheoryData<MetricCheck, double[], string> AtTheEnd =>
        new()
        {
            {
                Loss with
                {
                    Varies = true,
                },
                [0.69, 0.69, 0.69],
                "loss was 0.69 in all 3 values, steps 1 to 3: must vary"
            },
            { Loss with { Varies = true }, [0.69], "loss came once, 0.69 at step 1: must vary" },
            { Loss with { Varies = true }, [0.69, 0.7], "" },
            {
                Loss with
                {
                    Varies = true,
                },
                [double.NaN, double.NaN],
                "loss was nan in all 2 values, steps 1 to 2: must vary"
            },
            { Loss with { Below = 1 }, [3, 2, 2.5], "loss ended at step 3, lowest 2 at step 2: must be below 1" },
            {
                Loss with
                {
                    Below = 2.2,
                    By = 9,
                },
                [3, 2.5],
                "loss ended at step 2, lowest 2.5 at step 2: must be below 2.2 by step 9"
            },
            { Loss with { Finite = true }, [], "loss never came: the run must write it" },
        };

    [Theory]
    [MemberData(nameof(Live))]
    public void A_failure_is_told_once_as_soon_as_it_is_certain(MetricCheck check, double[] values, string expected) =>
        Assert.Equal(expected, string.Join('|', Judge(check, values).Failed.Select(failure => failure.Text)));

    [Theory]
    [MemberData(nameof(AtTheEnd))]
    public void The_end_shows_what_never_happened(MetricCheck check, double[] values, string expected)
    {
        var judge = Judge(check, values);
        Assert.Empty(judge.Failed);

        judge.End();

        Assert.Equal(expected, string.Join('|', judge.Failed.Select(failure => failure.Text)));
    }

    [Fact]
    public void A_step_that_was_jumped_over_is_judged_by_the_value_before_it()
    {
        var judge = new CheckJudge([Loss with { Below = 2.2, By = 3, OnFail = FailedCheck.End }]);
        judge.Add("loss", 2, 2.31);
        Assert.False(judge.MustEnd);
        judge.Add("loss", 10, 0.1);

        Assert.Equal("loss 2.31 at step 2: must be below 2.2 by step 3", Assert.Single(judge.Failed).Text);
        Assert.True(judge.MustEnd);
    }

    [Fact]
    public void A_resumed_attempt_is_not_held_to_what_came_before_it()
    {
        var earlier = new Dictionary<string, MetricSummary> { ["loss"] = MetricSummary.None.With(1, 2.1).With(4, 2.5) };
        var judge = new CheckJudge([Loss with { Below = 2.2, By = 3, Varies = true }], earlier);
        judge.Add("loss", 5, 2.5);
        judge.End();

        Assert.Empty(judge.Failed);
    }

    [Fact]
    public void A_sink_feeds_the_judge_by_name()
    {
        var names = new MetricNames();
        var judge = new CheckJudge([Loss with { Max = 1 }]);
        var sink = judge.Sink(names);
        sink(names.Number("accuracy"), 1, 5);
        sink(names.Number("loss"), 1, 5);

        Assert.Equal(1, Assert.Single(judge.Failed).Step);
    }

    private static CheckJudge Judge(MetricCheck check, double[] values)
    {
        var judge = new CheckJudge([check]);
        for (var i = 0; i < values.Length; i++)
            judge.Add("loss", i + 1, values[i]);
        return judge;
    }
}
