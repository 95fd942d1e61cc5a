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
        var stage = new Stage
        {
            Name = "s",
            Command = new CommandTemplate("true", [], null),
            Uses = [],
            Resources = new()
            {
                Cpus = cpus,
                Gpus = devices,
                Nodes = nodes,
                Walltime = limit,
            },
        };
        Assert.Equal(new(cpuHours, gpuHours), PlanCost.Of([(stage, runs)]));
    }
}
