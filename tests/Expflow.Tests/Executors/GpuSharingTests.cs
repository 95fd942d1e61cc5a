using Expflow.Executors;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class GpuSharingTests : IDisposable
{
    private const long Gibibyte = 1L << 30;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0,1", "0, GPU-a, 40960\n1, GPU-b, 24576\n", "40,24")]
    [InlineData("GPU-b", "0, GPU-a, 40960\n1, GPU-b, 24576\n", "24")]
    [InlineData("2", "0, GPU-a, 40960\n", null)]
    [InlineData("0", "NVIDIA-SMI has failed because it couldn't communicate with the driver.\n", null)]
    public void What_GPUs_have_is_known_for_all_of_them_or_for_none(string gpus, string answer, string? gibibytes)
    {
        var totals = GpuTotals.Parse(answer, gpus.Split(','));
        Assert.Equal(gibibytes, totals is null ? null : string.Join(',', totals.Select(bytes => bytes / Gibibyte)));
    }

    [Fact]
    public void Runs_share_a_GPU_as_far_as_its_places_and_its_memory_go()
    {
        var machine = new LocalMachine(16, 0, ["0", "1"], 3, [24 * Gibibyte, 24 * Gibibyte]);
        var ten = new ResourceRequest(1, 0, 1) { GpuMemory = 10 * Gibibyte };
        var shares = Enumerable.Range(0, 5).Select(_ => machine.TryTake(ten)).ToList();
        Assert.Equal(["0", "1", "0", "1"], shares.OfType<MachineShare>().SelectMany(share => share.Gpus));
        machine.Return(shares[1]!);
        Assert.Equal(["1"], machine.TryTake(ten)!.Gpus);
        Assert.NotNull(machine.WhyNever(ten with { GpuMemory = 25 * Gibibyte }));
        Assert.Null(machine.TryTake(new ResourceRequest(1, 0, 2) { GpuMemory = 5 * Gibibyte }));
    }

    [Fact]
    public void MPS_has_a_folder_of_its_own_and_is_told_to_end()
    {
        var (said, bin) = (folder["said"], Directory.CreateDirectory(folder["bin"]).FullName);
        var program = Path.Combine(bin, "nvidia-cuda-mps-control");
        File.WriteAllText(
            program,
            "#!/bin/sh\nif [ \"$1\" = -d ]; then echo \"started in $CUDA_MPS_PIPE_DIRECTORY\"; else cat; fi >>\"$SAID\"\n"
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var variables = new Dictionary<string, string> { ["PATH"] = $"{bin}:/usr/bin:/bin", ["SAID"] = said };
        string pipe;
        using (var daemon = MpsDaemon.Start(variables, "7_1", out _)!)
        {
            pipe = daemon.Variables["CUDA_MPS_PIPE_DIRECTORY"];
            Assert.True(Directory.Exists(pipe));
        }
        Assert.Equal([$"started in {pipe}", "quit"], File.ReadAllLines(said));
        Assert.False(Directory.Exists(pipe));
    }

    [Fact]
    public void Without_the_program_MPS_says_why_it_can_not_be_started()
    {
        Assert.Null(MpsDaemon.Start(new Dictionary<string, string> { ["PATH"] = folder.Path }, null, out var trouble));
        Assert.Equal("there is no program 'nvidia-cuda-mps-control' in PATH", trouble);
    }
}
