using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class AccountingRowsTests
{
    private static readonly int Columns = AccountingRows.Columns(withRestarts: false).Count;

    private static readonly IReadOnlyList<AccountedJob> Rows = AccountingRows.Read(
        Captured.Read("sacct-22.05.8.txt"),
        Columns
    );

    [Fact]
    public void Steps_belong_to_their_jobs() =>
        Assert.Equal(
            [
                "9 REQUEUED [batch]",
                "8_0 COMPLETED [batch 0]",
                "8_1 FAILED [batch]",
                "8_2 COMPLETED [batch 0]",
                "8_3 COMPLETED [batch 0]",
                "9 PENDING []",
            ],
            Rows.Select(row => $"{row.Job} {row.State} [{string.Join(' ', row.Steps.Select(step => step.Name))}]")
        );

    [Fact]
    public void A_requeued_job_has_a_row_for_each_time() =>
        Assert.Equal(
            [1795443455, 1795443461],
            Rows.Where(row => row.Job.Id.Number == 9).Select(row => row.Submitted!.Value.ToUnixTimeSeconds())
        );

    [Fact]
    public void The_peak_is_the_largest_of_all_steps()
    {
        Assert.Equal("3248K", Rows[0].PeakMemory.ToString());
        var job = Assert.Single(
            Read(
                Row("5", maxRss: ""),
                Row("5.batch", maxRss: "1024K"),
                Row("5.0", maxRss: "2G"),
                Row("5.extern", maxRss: "0")
            )
        );
        Assert.Equal("2G", job.PeakMemory.ToString());
    }

    [Fact]
    public void An_exit_code_a_limit_and_nodes_are_typed()
    {
        var failed = Rows[2];
        Assert.Equal(
            (new SlurmExitCode(3, 0), "cpu01", TimeSpan.Zero),
            (failed.ExitCode!.Value, failed.Nodes, failed.Elapsed)
        );
        Assert.Equal((TimeSpan.FromMinutes(10), null), (Rows[0].TimeLimit, Rows[^1].Nodes));
        Assert.Null(Rows[^1].Start);
    }

    [Theory]
    [InlineData("4Gn", "4G", MemoryScope.Node)] // 20.11
    [InlineData("2000Mc", "2000M", MemoryScope.Cpu)] // 20.11
    [InlineData("96G", "96G", MemoryScope.Job)] // 21.08 on
    [InlineData("1.50T", "1536G", MemoryScope.Job)] // 23.02
    public void Memory_is_read_as_each_version_writes_it(string text, string size, MemoryScope per)
    {
        var memory = Assert.Single(Read(Row("5", reqMem: text))).RequestedMemory!.Value;
        Assert.Equal((size, per), (memory.Size.ToString(), memory.Per));
    }

    [Fact]
    public void Tasks_that_never_started_are_kept_as_a_set()
    {
        var job = Assert.Single(Read(Row("12_[3-9%2]", state: "CANCELLED by 0")));
        Assert.IsType<JobReference.Tasks>(job.Job);
        Assert.Equal((0L, JobStateKind.Cancelled), (job.State.By, job.State.Kind));
    }

    [Fact]
    public void Memory_that_ran_out_in_a_step_alone_is_seen()
    {
        var job = Assert.Single(Read(Row("5", state: "FAILED"), Row("5.batch", state: "OUT_OF_MEMORY")));
        Assert.True(job.RanOutOfMemory);
    }

    [Theory]
    [InlineData("Restarts", 3)]
    public void Newer_versions_say_how_often_a_job_was_put_back(string column, int restarts)
    {
        var columns = AccountingRows.Columns(withRestarts: true);
        Assert.Equal(column, columns[^1]);
        var job = Assert.Single(AccountingRows.Read(Row("5") + $"{restarts}\x1f", columns.Count));
        Assert.Equal(restarts, job.Restarts);
    }

    [Fact]
    public void A_row_without_its_job_and_a_torn_one_are_passed_over() =>
        Assert.Empty(Read(Row("5.batch"), "6\x1f6\x1f"));

    private static IReadOnlyList<AccountedJob> Read(params string[] rows) =>
        AccountingRows.Read(string.Join('\n', rows), Columns);

    private static string Row(string id, string state = "COMPLETED", string maxRss = "", string reqMem = "1G")
    {
        string[] fields =
        [
            id,
            "5",
            "name",
            "main",
            "lab",
            "me",
            state,
            "0:0",
            "0:0",
            "None",
            "cpu01",
            "10",
            "60",
            "1795443455",
            "1795443457",
            "1795443467",
            maxRss,
            reqMem,
            "cpu=1",
            "",
        ];
        return string.Concat(fields.Select(field => field + '\x1f'));
    }
}
