using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class JobReferenceTests
{
    [Theory]
    [InlineData("123", "Whole", null, null)]
    [InlineData("123_4", "Task", null, null)]
    [InlineData("123_[0-9%2]", "Tasks", null, null)]
    [InlineData("123_[3,5-7]", "Tasks", null, null)]
    [InlineData("123+0", "Component", null, null)]
    [InlineData("123;pitzer", "Whole", null, "pitzer")]
    [InlineData("123_4.batch", "Task", "batch", null)]
    [InlineData("123.0", "Whole", "0", null)]
    [InlineData("123.extern", "Whole", "extern", null)]
    [InlineData("123+1.0", "Component", "0", null)]
    [InlineData("123_[0-9].batch", "Tasks", "batch", null)]
    public void A_reference_is_read_and_written_as_Slurm_writes_it(
        string text,
        string kind,
        string? step,
        string? cluster
    )
    {
        Assert.True(JobReference.TryParse(text, out var job));
        Assert.Equal((text, kind, step, cluster), (job.ToString(), job.GetType().Name, job.Step, job.Cluster));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("abc")]
    [InlineData("123_")]
    [InlineData("123_x")]
    [InlineData("123.")]
    [InlineData("123;")]
    [InlineData("123_[]")]
    [InlineData("-1")]
    [InlineData("123_[0,2,4,...]")] // cut short where SLURM_BITSTR_LEN isn't 0
    public void Anything_else_is_none(string? text) => Assert.False(JobReference.TryParse(text, out _));

    [Theory]
    [InlineData("12", 3, true)]
    [InlineData("12_3", 3, true)]
    [InlineData("12_4", 3, false)]
    [InlineData("12_[0-9:3]", 3, true)]
    [InlineData("12_[0-9:3]", 4, false)]
    [InlineData("12_*", 4, true)]
    public void It_says_which_tasks_it_speaks_of(string text, int index, bool covers)
    {
        Assert.True(JobReference.TryParse(text, out var job));
        Assert.Equal(covers, job.Covers(index));
    }

    [Theory]
    [InlineData("123", 123, null)]
    [InlineData("123;pitzer\n", 123, "pitzer")]
    public void What_sbatch_prints_is_a_job_with_its_cluster(string text, long number, string? cluster)
    {
        Assert.True(SlurmJob.TryParse(text, out var job));
        Assert.Equal((number, cluster, text.Trim()), (job.Value.Id.Number, job.Value.Cluster, job.Value.ToString()));
    }

    [Theory]
    [InlineData("0:0", 0, 0)]
    [InlineData("1:0", 1, 0)]
    [InlineData("0:125", 0, 125)]
    public void An_exit_code_has_a_code_and_a_signal(string text, int code, int signal)
    {
        Assert.True(SlurmExitCode.TryParse(text, out var exit));
        Assert.Equal(new SlurmExitCode(code, signal), exit.Value);
    }
}
