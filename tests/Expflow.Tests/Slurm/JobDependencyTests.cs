using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class JobDependencyTests
{
    [Theory]
    [InlineData("afterok:12_3:12_4,aftercorr:13", "afterok:12_3:12_4,aftercorr:13", null)]
    [InlineData("aftercorr:1_*(unfulfilled)", "aftercorr:1", "unfulfilled")] // 22.05
    [InlineData("afterok:1_*(unfulfilled),afterany:2_*(unfulfilled)", "afterok:1,afterany:2", "unfulfilled")] // 22.05
    [InlineData("afterok:12(failed)", "afterok:12", "failed")]
    [InlineData("afterok:12", "afterok:12", null)] // before 20.02
    [InlineData("after:12+5", "after:12+5", null)]
    [InlineData("singleton(unfulfilled)", "singleton", "unfulfilled")]
    [InlineData("afterok:12?afterany:13", "afterok:12?afterany:13", null)]
    [InlineData("afterok:12_[1,3]", "afterok:12_1:12_3", null)]
    public void A_dependency_is_read_and_written_for_sbatch(string text, string written, string? standing)
    {
        Assert.True(JobDependency.TryParse(text, out var dependency));
        Assert.Equal((written, standing), (dependency.ToString(), dependency.Terms[0].Standing));
    }

    [Theory]
    [InlineData("")]
    [InlineData("(null)")]
    [InlineData("afterok")]
    [InlineData("beforeok:1")]
    [InlineData("afterok:x")]
    [InlineData("singleton:1")]
    public void Anything_else_is_none(string text) => Assert.False(JobDependency.TryParse(text, out _));

    [Fact]
    public void Sets_of_tasks_are_named_one_by_one()
    {
        Assert.True(TaskSet.TryParse("0,2", out var tasks));
        Assert.Equal("afterok:7_0:7_2", JobDependency.AfterOk(new JobReference.Tasks(new(7), tasks)).ToString());
        Assert.Equal("aftercorr:7", JobDependency.AfterCorresponding(new(7)).ToString());
    }
}
