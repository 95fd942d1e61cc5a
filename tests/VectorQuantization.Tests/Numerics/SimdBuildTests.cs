using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

public sealed class SimdBuildTests
{
    [Theory]
    [InlineData("processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl\n", true)]
    [InlineData("processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512cd\n", false)]
    [InlineData("processor\t: 0\nFeatures\t: fp asimd\n", false)]
    [InlineData("", false)]
    public void The_wider_program_is_entered_only_where_all_of_its_instructions_are(string cpuInfo, bool has) =>
        Assert.Equal(has, SimdBuild.HasAvx512(new StringReader(cpuInfo)));

    [Theory]
    [InlineData(null, 8, 8)]
    [InlineData("4", 8, 4)]
    [InlineData("16", 8, 8)]
    [InlineData("(null)", 8, 8)]
    public void Threads_are_what_slurm_allots_and_never_more_than_the_process_may_use(
        string? allotted,
        int processors,
        int threads
    ) =>
        Assert.Equal(
            threads,
            CpuAllocation.Threads(name => name == "SLURM_CPUS_PER_TASK" ? allotted : null, processors)
        );
}
