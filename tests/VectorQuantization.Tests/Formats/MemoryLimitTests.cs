using VectorQuantization.Formats;
using VectorQuantization.Problems;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class MemoryLimitTests
{
    private const string Machine = "MemTotal:       24681400 kB\nMemFree:        100 kB\n";

    public static TheoryData<string, string, string, long> Limits() =>
        new()
        {
            { "", "", "the machine's memory", 24681400L * 1024 },
            { "SLURM_MEM_PER_NODE=2000", "", "SLURM_MEM_PER_NODE", 2000L << 20 },
            { "SLURM_MEM_PER_CPU=500 SLURM_CPUS_ON_NODE=3", "", "SLURM_MEM_PER_CPU × 3 CPUs", 1500L << 20 },
            { "SLURM_MEM_PER_NODE=0", "", "the machine's memory", 24681400L * 1024 },
            {
                "SLURM_MEM_PER_NODE=2000",
                "/proc/self/cgroup=0::/slurm/job_7/step_0\n|/sys/fs/cgroup/slurm/job_7/step_0/memory.max=max\n|/sys/fs/cgroup/slurm/job_7/memory.max=1073741824\n",
                "the control group '/slurm/job_7'",
                1L << 30
            },
            {
                "",
                "/proc/self/cgroup=5:cpu:/x\n4:memory:/slurm/job_7\n|/sys/fs/cgroup/memory/slurm/job_7/memory.limit_in_bytes=2147483648\n"
                    + "|/sys/fs/cgroup/memory/memory.limit_in_bytes=9223372036854771712\n",
                "the control group '/slurm/job_7'",
                2L << 30
            },
        };

    [Theory, MemberData(nameof(Limits))]
    public void The_smallest_limit_wins_and_is_named(string variables, string files, string source, long bytes)
    {
        var environment = variables
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var contents = files
            .Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Append(["/proc/meminfo", Machine])
            .ToDictionary(pair => pair[0], pair => pair[1]);

        var limit = MemoryLimit.Of(environment.GetValueOrDefault, contents.GetValueOrDefault);

        Assert.Equal(new MemoryLimit(bytes, source), limit);
    }

    [Fact]
    public void Work_that_needs_more_is_refused_with_both_numbers()
    {
        var limit = new MemoryLimit(1L << 30, "SLURM_MEM_PER_NODE");

        limit.Require(1L << 30, "a", "");
        Assert.Equal(
            "'the codes of PQ 16x8' needs 1.5 GiB of memory; the limit is 1 GiB (from SLURM_MEM_PER_NODE). Ask for more by --mem.",
            Assert
                .Throws<BadInputException>(() =>
                    limit.Require(3L << 29, "the codes of PQ 16x8", "Ask for more by --mem.")
                )
                .Message
        );
    }
}
