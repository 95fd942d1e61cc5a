using Expflow.Executors;
using Expflow.Processes;
using Expflow.Tests.Journal;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class GpuWatchTests
{
    private const string TwoGpus = """
        0, GPU-aa, Quadro RTX 8000, 100, 5
        1, GPU-bb, NVIDIA H100 80GB HBM3, 2048, 87
        """;

    [Theory]
    [InlineData(TwoGpus, "1", "NVIDIA H100 80GB HBM3 2147483648 87")]
    [InlineData(TwoGpus, "GPU-aa", "Quadro RTX 8000 104857600 5")]
    [InlineData(TwoGpus, "0,1", "Quadro RTX 8000 104857600 5|NVIDIA H100 80GB HBM3 2147483648 87")]
    [InlineData(TwoGpus, "MIG-cc", "Quadro RTX 8000 104857600 5|NVIDIA H100 80GB HBM3 2147483648 87")]
    [InlineData("0, GPU-aa, NVIDIA A100, [N/A], [N/A]", "0", "NVIDIA A100  ")]
    [InlineData("0, GPU-aa, A, B, and C, 1, 2", "0", "A, B, and C 1048576 2")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", "0", "")]
    [InlineData("", "0", "")]
    public void An_answer_is_read_for_the_jobs_own_gpus(string text, string visible, string expected) =>
        Assert.Equal(
            expected,
            string.Join('|', GpuReading.Parse(text, visible).Select(gpu => $"{gpu.Name} {gpu.Memory} {gpu.Use}"))
        );

    [Fact]
    public void A_slow_answer_is_not_waited_for_and_counts_when_it_comes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["nvidia-smi"],
            "#!/bin/sh\nread line <\"$GO\"\necho '0, GPU-aa, Quadro RTX 8000, 100, 5'\n"
        );
        File.SetUnixFileMode(folder["nvidia-smi"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder["go"]]))
            made.WaitForExit();
        ChildProcess.KeepEndings();
        using var watch = GpuWatch.For(
            new()
            {
                Index = 0,
                Job = "123_4",
                Gpus = "0",
            },
            new ProgramSearch(folder.Path),
            new EnvironmentBlock([new("GO", folder["go"])]),
            TimeProvider.System
        )!;
        watch.Look();
        watch.Look();
        Assert.Empty(watch.Names);
        File.WriteAllText(folder["go"], "\n");
        while (watch.Names.Count == 0)
            watch.Look();
        var ended = watch.AddTo(JournalEvents.Ended(1, 1));
        Assert.Equal((100L << 20, 5.0), (ended.GpuMemory, ended.GpuUse));
    }
}
