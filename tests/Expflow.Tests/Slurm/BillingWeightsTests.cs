using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

/// <summary>What a partition charges.</summary>
public sealed class BillingWeightsTests
{
    [Theory]
    [InlineData("CPU=1.0,Mem=0.25G,GRES/gpu=2.0", 4, 16, 1, null, false, 4 + 4 + 2)]
    [InlineData("CPU=1.0,Mem=0.25G,GRES/gpu=2.0", 4, 16, 4, null, true, 8)]
    [InlineData("Mem=0.001", 4, 1, 0, null, false, 1.024)]
    [InlineData("GRES/gpu=10,GRES/gpu:a100=30", 1, 0, 2, "a100", false, 60)]
    [InlineData("GRES/gpu=10,GRES/gpu:a100=30", 1, 0, 2, "v100", false, 20)]
    [InlineData("cpu=2", 3, 0, 0, null, false, 6)]
    public void A_job_is_charged_by_the_hour(
        string weights,
        int cpus,
        int gibibytes,
        int gpus,
        string? type,
        bool dearest,
        double charge
    ) =>
        Assert.Equal(
            charge,
            BillingWeights.Parse(weights)!.PerHour(cpus, (long)gibibytes << 30, gpus, type, dearest)!.Value,
            6
        );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("(null)")]
    [InlineData("nonsense")]
    public void Without_weights_there_are_none(string? text) => Assert.Null(BillingWeights.Parse(text));

    [Fact]
    public void What_hangs_on_unknown_memory_is_unknown() =>
        Assert.Null(BillingWeights.Parse("CPU=1,Mem=1G")!.PerHour(1, null, 0, null, false));
}
