using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Slurm;
using Expflow.Trials;
using Xunit;

namespace Expflow.Tests.Trials;

public sealed class TrialReportTests
{
    [Theory]
    // Runs an hour with 1, 2 and 3 at a time.
    [InlineData(100, 180, 120, 2)]
    [InlineData(100, 80, 70, 1)]
    [InlineData(100, 180, 260, 3)]
    // Less than a twentieth more isn't worth the company.
    [InlineData(100, 104, 108, 3)]
    [InlineData(100, 104, 104, 1)]
    public void The_fastest_setting_is_proposed(int one, int two, int three, int best)
    {
        var report = Report(Measure(1, one), Measure(2, two), Measure(3, three));
        Assert.Equal((best, true), (report.Choices.Single().Workers!.Value, report.Choices.Single().Meets));
    }

    [Fact]
    public void The_whole_sweep_gets_the_setting_that_serves_all_variants_best()
    {
        var report = Report(
            Measure(1, 100, "narrow"),
            Measure(2, 190, "narrow"),
            Measure(1, 50, "wide"),
            Measure(2, 20, "wide")
        );
        Assert.Equal(1, report.Choices.Single().Workers);
    }

    [Fact]
    public void A_setting_with_which_one_variant_is_out_of_memory_is_not_proposed()
    {
        var full = Measure(3, 300, "wide") with { Done = 5, Failed = 1, OutOfMemory = 1 };
        var report = Report(
            Measure(1, 100),
            Measure(2, 180),
            Measure(3, 260),
            Measure(1, 90, "wide"),
            Measure(2, 170, "wide"),
            full
        );
        Assert.Equal(2, report.Choices.Single().Workers);
        Assert.Equal("1 out of memory", report.Rows[^1].Checks.Single(check => check.Held == false).Found);
    }

    [Fact]
    public void Where_no_setting_meets_the_criteria_the_fastest_without_a_failure_is_named_as_such()
    {
        var report = Report(Measure(1, 100) with { GpuUse = 40 }, Measure(2, 180) with { GpuUse = 70 });
        Assert.Equal((2, false), (report.Choices.Single().Workers!.Value, report.Choices.Single().Meets));
        var nothing = Report(Measure(1, 100) with { Failed = 1 });
        Assert.Null(nothing.Choices.Single().Workers);
    }

    [Fact]
    public void What_could_not_be_measured_is_unknown_and_neither_held_nor_broken()
    {
        var row = Report(Measure(1, 100) with { GpuUse = null, GpuMemory = null, GpuTotal = null }).Rows.Single();
        Assert.Equal(["none", "unknown", "00:00:36", "unknown"], row.Checks.Select(check => check.Found));
        Assert.Equal([true, null, true, null], row.Checks.Select(check => check.Held));
        Assert.True(row.Passed && row.HasUnknown);
    }

    [Fact]
    public void A_GPU_that_nothing_was_seen_on_is_idle_and_empty()
    {
        var row = Report(Measure(1, 100) with { GpuUse = 0, GpuMemory = 0 }).Rows.Single();
        Assert.Equal(["none", "0 %", "00:00:36", "0"], row.Checks.Select(check => check.Found));
    }

    [Theory]
    [InlineData(81, 1799, 47, true)]
    [InlineData(80, 1799, 47, false)]
    [InlineData(81, 1800, 47, false)]
    [InlineData(81, 1799, 48, false)]
    public void Each_criterion_is_strict(double use, double longest, long gigabytes, bool passes)
    {
        var measure = Measure(1, 100) with { GpuUse = use, Longest = longest, GpuMemory = gigabytes << 30 };
        Assert.Equal(passes, Report(measure).Rows.Single().Passed);
    }

    [Fact]
    public void A_limit_in_the_file_counts_instead_of_the_cards_memory()
    {
        var spec = new TrialSpec { GpuMemory = MemorySize.FromBytes(20L << 30) };
        var row = TrialReport.Of([Measure(1, 100) with { GpuMemory = 24L << 30 }], spec).Rows.Single();
        Assert.Equal(("GPU memory below 20G", "24G"), (row.Checks[^1].Name, row.Checks[^1].Found));
        Assert.False(row.Passed);
    }

    private static TrialReport Report(params TrialMeasure[] measures) => TrialReport.Of(measures, TrialSpec.Usual);

    private static TrialMeasure Measure(int workers, int perHour, string variant = "narrow") =>
        new()
        {
            Stage = "main",
            Variant = ParameterSet.Of([new("width", ParameterValue.Of(variant))]),
            Workers = workers,
            Gpus = 1,
            Done = perHour,
            Failed = 0,
            OutOfMemory = 0,
            Elapsed = 3600,
            Median = 36,
            Longest = 36,
            GpuMemory = 8L << 30,
            GpuTotal = 48L << 30,
            GpuUse = 90,
        };
}
