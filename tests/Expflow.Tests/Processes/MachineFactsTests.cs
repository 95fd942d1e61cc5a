using Expflow.Processes;
using Xunit;

namespace Expflow.Tests.Processes;

public sealed class MachineFactsTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("100000 100000", 1)]
    [InlineData("50000 100000", 1)]
    public void A_cgroup_quota_bounds_the_cores(string quota, int cores)
    {
        Write("sys/fs/cgroup/cpu.max", quota);
        Assert.Equal(cores, new MachineFacts(root.Path).Cores);
    }

    [Fact]
    public void Without_a_quota_the_affinity_counts()
    {
        Write("sys/fs/cgroup/cpu.max", "max 100000");
        Assert.InRange(new MachineFacts(root.Path).Cores, 1, Environment.ProcessorCount);
    }

    [Theory]
    [InlineData("max", 1000L * 1024)]
    [InlineData("4096", 4096)]
    [InlineData(null, 1000L * 1024)]
    public void Memory_is_the_lesser_of_machine_and_cgroup(string? limit, long bytes)
    {
        Write("proc/meminfo", "MemTotal:        1000 kB\nMemFree: 5 kB\n");
        if (limit is not null)
            Write("sys/fs/cgroup/memory.max", limit);
        Assert.Equal(bytes, new MachineFacts(root.Path).Memory);
    }

    [Theory]
    [InlineData("0::/slurm/job_7/step_0\n", "sys/fs/cgroup/slurm/job_7/memory.max")]
    [InlineData("4:memory:/slurm/job_7\n0::/\n", "sys/fs/cgroup/memory/slurm/job_7/memory.limit_in_bytes")]
    [InlineData("4:cpu,memory:/slurm\n", "sys/fs/cgroup/cpu,memory/slurm/memory.limit_in_bytes")]
    [InlineData("4:memory:/docker/elsewhere\n", "sys/fs/cgroup/memory/memory.limit_in_bytes")]
    [InlineData("0::/a\n", "sys/fs/cgroup/unified/a/memory.max")]
    public void A_limit_anywhere_above_counts(string groups, string file)
    {
        Write("proc/meminfo", "MemTotal:        1000 kB\n");
        Write("proc/self/cgroup", groups);
        Write(file, "4096");
        Assert.Equal(4096, new MachineFacts(root.Path).Memory);
    }

    [Fact]
    public void The_least_of_nested_limits_counts()
    {
        Write("proc/meminfo", "MemTotal:        1000 kB\n");
        Write("proc/self/cgroup", "0::/slurm/job_7\n");
        Write("sys/fs/cgroup/slurm/job_7/memory.max", "max");
        Write("sys/fs/cgroup/slurm/memory.max", "5000");
        Write("sys/fs/cgroup/memory.max", "9000");
        Write("sys/fs/cgroup/slurm/cpu.max", "100000 100000");
        Assert.Equal((5000, 1), (new MachineFacts(root.Path).Memory, new MachineFacts(root.Path).Cores));
    }

    [Theory]
    [InlineData("0,1", new[] { "0", "1" })]
    [InlineData("GPU-1a2b, MIG-3c", new[] { "GPU-1a2b", "MIG-3c" })]
    [InlineData("", new string[0])]
    [InlineData("-1", new string[0])]
    [InlineData(null, new[] { "0", "1" })]
    public void GPUs_are_those_that_may_be_seen(string? visible, string[] gpus)
    {
        Directory.CreateDirectory(root["proc/driver/nvidia/gpus/0000:01:00.0"]);
        Directory.CreateDirectory(root["proc/driver/nvidia/gpus/0000:02:00.0"]);
        Assert.Equal(gpus, new MachineFacts(root.Path).Gpus(visible));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root[path])!);
        File.WriteAllText(root[path], text + "\n");
    }
}
