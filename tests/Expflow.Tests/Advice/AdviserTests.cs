using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Parameters;
using Expflow.Tests.Experiments;
using Expflow.Tests.Journal;
using Xunit;

namespace Expflow.Tests.Advice;

public sealed class AdviserTests : IDisposable
{
    private const long GiB = 1L << 30;
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void What_nobody_measured_is_unknown_and_changes_nothing()
    {
        var advice = Advise(Uses(5, use => use with { PeakMemory = null, CpuSeconds = null, Elapsed = null }));
        Assert.All(
            advice.Resources,
            one =>
                Assert.Equal(
                    (null, false, "unknown: 5 runs finished, none of them measured"),
                    (one.Next, one.IsChange, one.Words)
                )
        );
        Assert.Equal("unknown: no run has finished", Advise([])["memory"].Words);
        Assert.Null(CostComparison.OfAll([advice with { Runs = 1 }]).Asked.CpuExpected);
    }

    [Theory]
    [InlineData(2, "64G", false)]
    [InlineData(3, "64G", true)]
    [InlineData(1, "1G", true)]
    public void Two_runs_can_raise_a_request_but_not_lower_it(int runs, string asked, bool changes)
    {
        var advice = Advise(Uses(runs, use => use with { PeakMemory = 2 * GiB }), $"memory: {asked}")["memory"];
        Assert.Equal((changes, "2600M"), (advice.IsChange, ResourceText.Write("memory", advice.Next!.Value)));
        Assert.Equal(runs < 3 && !changes, advice.Words.EndsWith("too few to lower it", StringComparison.Ordinal));
    }

    [Fact]
    public void One_core_need_not_be_asked_for() =>
        Assert.False(Advise(Uses(4, use => use with { Elapsed = 100, CpuSeconds = 90 }))["cpus"].IsChange);

    [Theory]
    // Busy: stays. Not busy: less. More than asked, where that isn't enforced: more.
    [InlineData(3.8, 4, 4)]
    [InlineData(2.0, 4, 3)]
    [InlineData(3.5, 4, 4)]
    [InlineData(7.9, 4, 10)]
    [InlineData(1.0, 16, 1)]
    public void Cores_that_are_all_busy_stay_as_they_are(double used, int asked, int next)
    {
        var advice = Advise(Uses(4, use => use with { Elapsed = 100, CpuSeconds = 100 * used }), $"cpus: {asked}");
        Assert.Equal(next, advice["cpus"].Next);
    }

    [Fact]
    public void Runs_that_save_and_go_on_leave_the_walltime_as_it_is()
    {
        var first = Uses(4, use => use with { Outcome = AttemptOutcome.Again, ExitCode = 75, Elapsed = 3000 });
        var second = Uses(4, use => use with { Attempt = 2, Elapsed = 100 });
        var time = Advise([.. first, .. second], "walltime: 1h")["walltime"];
        Assert.Equal((3600.0, false), (time.Next, time.IsChange));
        Assert.StartsWith("stays: 4 runs saved and went on", time.Words);
    }

    [Fact]
    public void A_run_that_was_done_faster_than_it_had_timed_out_went_on_from_what_it_had_saved()
    {
        AttemptUse[] run =
        [
            .. Uses(1, use => use with { Outcome = AttemptOutcome.Failed, Cause = "timed_out", Elapsed = 3600 }),
            .. Uses(1, use => use with { Attempt = 2, Elapsed = 600 }),
        ];
        Assert.True(Sightings.IsResumed(run));
        Assert.False(Sightings.IsResumed([run[0], run[1] with { Elapsed = 4000 }]));
    }

    [Fact]
    public void A_run_that_timed_out_and_was_never_done_needs_more_time()
    {
        AttemptUse[] runs =
        [
            .. Uses(5, use => use with { Elapsed = 600 }),
            .. Uses(
                1,
                use =>
                    use with
                    {
                        Run = JournalEvents.Run(9),
                        Outcome = AttemptOutcome.Failed,
                        Cause = "timed_out",
                        Elapsed = 1740,
                        Asked = Asked("walltime: 30m"),
                    }
            ),
        ];
        var time = Advise(runs, "walltime: 30m")["walltime"];
        Assert.Equal("45m", ResourceText.Write("walltime", time.Next!.Value));
        Assert.Equal("from only 5 runs; 1 run timed out after 30m and was not done with more", time.Words);
    }

    [Fact]
    public void What_is_lost_is_what_neither_ended_well_nor_saved()
    {
        AttemptUse[] attempts =
        [
            .. Uses(
                2,
                use =>
                    use with
                    {
                        Elapsed = 3600,
                        CpuSeconds = 1800,
                        PeakMemory = GiB,
                        Asked = Asked("cpus: 2, memory: 4G, walltime: 2h"),
                    }
            ),
            .. Uses(
                1,
                use =>
                    use with
                    {
                        Elapsed = 1800,
                        Outcome = AttemptOutcome.Failed,
                        Cause = "failed",
                        Asked = Asked("cpus: 2"),
                    }
            ),
            .. Uses(
                1,
                use =>
                    use with
                    {
                        Elapsed = 1800,
                        Outcome = AttemptOutcome.Again,
                        ExitCode = 75,
                        Asked = Asked("cpus: 2"),
                    }
            ),
        ];
        var stage = Assert.Single(StageEfficiency.Of(["main"], attempts));
        Assert.Equal((4, 2, 1), (stage.Attempts, stage.Done, stage.Lost));
        Assert.Equal((6.0, 1.0, 1.0), (stage.CpuHours, stage.CpuHoursUsed, stage.CpuHoursLost));
        Assert.Equal((0.25, 0.25, 0.5), (stage.Cpu, stage.Memory, stage.Time));
        Assert.Null(stage.CpuHoursAsked);
        Assert.Null(stage.GpuUse);
    }

    private StageAdvice Advise(IReadOnlyList<AttemptUse> attempts, string resources = "memory: 4G") =>
        new Adviser(attempts, []).For(files.Good($"experiment: e\nresources: {{{resources}}}\ncommand: x").Stages[0]);

    private Resources Asked(string resources) =>
        files.Good($"experiment: e\nresources: {{{resources}}}\ncommand: x").Stages[0].Resources;

    private static AttemptUse[] Uses(int runs, Func<AttemptUse, AttemptUse> with) =>
        [
            .. Enumerable
                .Range(0, runs)
                .Select(run =>
                    with(
                        new()
                        {
                            Run = JournalEvents.Run(run),
                            Stage = "main",
                            Attempt = 1,
                            Submission = JournalEvents.TheSubmission,
                            Parameters = ParameterSet.Empty,
                            Asked = Resources.Open,
                            Outcome = AttemptOutcome.Done,
                        }
                    )
                ),
        ];
}
