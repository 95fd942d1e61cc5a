using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class QueueRowsTests
{
    private static readonly IReadOnlyList<QueuedJob> Rows = QueueRows.Read(Captured.Read("squeue-22.05.8.txt"));

    [Fact]
    public void Every_row_is_a_job_or_tasks_that_wait_alike() =>
        Assert.Equal(["10", "9", "8_[0-3%3]", "2"], Rows.Select(row => row.Job.ToString()));

    [Fact]
    public void Names_comments_and_reasons_may_hold_blanks_and_commas()
    {
        Assert.Equal(("dep one", "a, b"), (Rows[0].Name, Rows[0].Comment));
        Assert.Equal("nodes that it needs are not available: cpu[01-02]", Rows[1].Reason.Words);
        Assert.Null(Rows[1].Comment);
    }

    [Fact]
    public void What_a_job_waits_for_is_typed()
    {
        Assert.Equal("afterok:9,afterany:8", Rows[0].Dependency!.ToString());
        Assert.Null(Rows[1].Dependency);
    }

    [Fact]
    public void Times_are_points_in_time_or_none()
    {
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795443455), Rows[1].Submitted);
        Assert.Equal(
            (null, TimeSpan.FromMinutes(10), TimeSpan.Zero),
            (Rows[1].Start, Rows[1].TimeLimit, Rows[1].Elapsed)
        );
        Assert.Null(Rows[0].TimeLimit);
    }

    [Fact]
    public void A_running_task_has_nodes_and_an_id_of_its_own()
    {
        var row = Assert.Single(
            QueueRows.Read(
                Captured.Text(
                    "1_0␟17␟RUNNING␟None␟a\nb␟(null)␟me␟main␟lab␟normal␟cpu[01-02]␟1795441923␟1795441922␟NONE␟1-00:00:00␟1:02:03␟(null)␞\n"
                )
            )
        );
        Assert.Equal(("1_0", 17L, "a\nb", "cpu[01-02]"), (row.Job.ToString(), row.OwnId.Number, row.Name, row.Nodes));
        Assert.Equal((TimeSpan.FromDays(1), new TimeSpan(1, 2, 3)), (row.TimeLimit, row.Elapsed));
        Assert.True(row.Reason.IsNone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CLUSTER: pitzer\n")]
    [InlineData("Welcome to the cluster!\nNo jobs today.\n")]
    [InlineData("12␟PENDING␞\n")]
    public void What_is_no_row_is_passed_over(string output) => Assert.Empty(QueueRows.Read(Captured.Text(output)));

    [Fact]
    public void A_banner_before_the_first_row_does_no_harm() =>
        Assert.Equal(4, QueueRows.Read("CLUSTER: pitzer\n" + Captured.Read("squeue-22.05.8.txt")).Count);
}
