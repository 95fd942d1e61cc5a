using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Planning;
using Expflow.Slurm;
using Expflow.Templates;
using Xunit;

namespace Expflow.Tests.Planning;

public sealed class PlanCostTests
{
    [Theory]
    [InlineData(10, "30m", 2, 0, 1, 10.0, 0.0)]
    [InlineData(10, "30m", 2, 1, 3, 30.0, 15.0)]
    [InlineData(10, null, 2, 0, 1, null, 0.0)]
    [InlineData(10, null, 2, 1, 1, null, null)]
    [InlineData(0, null, 2, 1, 1, 0.0, 0.0)]
    public void Hours_are_walltime_times_what_is_held(
        int runs,
        string? walltime,
        int cpus,
        int gpus,
        int nodes,
        double? cpuHours,
        double? gpuHours
    )
    {
        Walltime? limit = Walltime.TryParse(walltime, out var time) ? time : null;
        Assert.True(GpuRequest.TryParse($"{gpus}", out var devices));
        var resources = new Resources
        {
            Cpus = cpus,
            Gpus = devices,
            Nodes = nodes,
            Walltime = limit,
        };
        var stage = Stage("s", null) with { Resources = resources };
        Assert.Equal(new(runs, cpuHours, gpuHours), PlanCost.Of([(stage, runs)]));
    }

    [Theory]
    [InlineData("a:8h b:12h<a c:10h<a,b", "a b c")]
    [InlineData("a:8h b:1h<a c:2h<a", "a c")]
    [InlineData("a:8h b:9h", "b")]
    [InlineData("b:2h<left_out", "b")]
    [InlineData("a:8h b:?<a", "")]
    [InlineData("", "")]
    public void What_waits_for_each_other_takes_as_long_as_its_longest_chain(string stages, string chain) =>
        Assert.Equal(chain, string.Join(' ', PlanCost.LongestChain(Stages(stages)).Select(stage => stage.Name)));

    [Theory]
    [InlineData("main:30m", 216, "At most 216 jobs, 216 CPU-hours, 108 GPU-hours.")]
    [InlineData(
        "vgae:8h curriculum:12h<vgae fusion:10h<vgae,curriculum",
        4,
        "At most 4 jobs × 3 stages: 12 jobs, 240 CPU-hours, 120 GPU-hours.\nUp to 30 h one after the other: vgae 8 h, curriculum 12 h, fusion 10 h."
    )]
    [InlineData("a:1h b:90m", 1, "At most 1 job × 2 stages: 2 jobs, 5 CPU-hours, 2.5 GPU-hours.")]
    [InlineData("a:?", 2, "At most 2 jobs, unknown CPU-hours, unknown GPU-hours, as a stage has no 'walltime'.")]
    public void The_cost_is_told_before_anything_is_submitted(string stages, int runs, string told)
    {
        Assert.True(GpuRequest.TryParse("1", out var gpu));
        var asked = Stages(stages)
            .Select(stage => stage with { Resources = stage.Resources with { Cpus = 2, Gpus = gpu } });
        Assert.Equal(told, string.Join('\n', CostText.Lines([.. asked.Select(stage => (stage, runs))])));
    }

    [Fact]
    public void Stages_of_different_size_are_told_apart() =>
        Assert.Equal(
            "At most 3 teacher + 6 student: 9 jobs, 9 CPU-hours.",
            CostText.Lines([.. Stages("teacher:1h student:1h done:1h").Zip([3, 6, 0])])[0]
        );

    // name:walltime<needs,…
    private static IEnumerable<Stage> Stages(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split(':', '<'))
            .Select(parts => Stage(parts[0], parts[1]) with { Needs = parts.Length > 2 ? parts[2].Split(',') : [] });

    private static Stage Stage(string name, string? walltime) =>
        new()
        {
            Name = name,
            Command = new CommandTemplate("true", [], null),
            Uses = [],
            Resources = new() { Walltime = Walltime.TryParse(walltime, out var time) ? time : null },
        };
}
