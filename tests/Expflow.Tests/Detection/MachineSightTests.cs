using Expflow.Detection;
using Xunit;

namespace Expflow.Tests.Detection;

/// <summary>What a machine without Slurm has.</summary>
public sealed class MachineSightTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(null, "NVIDIA A100, Quadro RTX 8000")]
    [InlineData("1", "Quadro RTX 8000")]
    [InlineData("GPU-1234", "GPU")]
    [InlineData("", "")]
    public void GPUs_are_told_by_model_as_far_as_they_may_be_used(string? visible, string models)
    {
        Make("0000:3b:00.0", "Model: \t\t NVIDIA A100\nIRQ:   	 77\n");
        Make("0000:af:00.0", "Model: \t\t Quadro RTX 8000\n");
        Assert.Equal(models, string.Join(", ", MachineSight.Of("here", visible, folder.Path).Gpus));
    }

    [Fact]
    public void A_UUID_tells_the_model_where_all_are_the_same()
    {
        Make("0000:3b:00.0", "Model: NVIDIA A100\n");
        Make("0000:af:00.0", "Model: NVIDIA A100\n");
        Assert.Equal(["NVIDIA A100"], MachineSight.Of("here", "GPU-1234", folder.Path).Gpus);
    }

    [Fact]
    public void A_machine_without_GPUs_has_none() => Assert.Empty(MachineSight.Of("here", null, folder.Path).Gpus);

    private void Make(string gpu, string information)
    {
        Directory.CreateDirectory(folder[$"proc/driver/nvidia/gpus/{gpu}"]);
        File.WriteAllText(folder[$"proc/driver/nvidia/gpus/{gpu}/information"], information);
    }

    public void Dispose() => folder.Dispose();
}
