using System.Text.Json;
using Expflow.Arrays;
using Expflow.Journal;
using Expflow.Runs;
using Xunit;

namespace Expflow.Tests.Witnesses;

/// <summary>The commands on a project whose runs are tasks of an array, with programs that stand for Slurm's.</summary>
public sealed class SlurmScreenTests : IDisposable
{
    private const string Yaml = "experiment: e\nsweep: {grid: {seed: 0..4}}\ncommand: train {seed}\n";
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly StoredProject project = new();
    private readonly FakeSlurm slurm = new();
    private readonly StoredProject.Submission submitted;

    public SlurmScreenTests()
    {
        project.Programs = slurm.Programs;
        submitted = project.Submit(Yaml);
        Assert.True(ArrayId.TryParse(Array, out var array));
        ArrayFile.Write(
            project.Project.Arrays,
            new()
            {
                Array = array,
                Submission = submitted.Id,
                Experiment = "e",
                Stage = "main",
                At = Noon,
                Code = ".",
                Script = "#!/bin/bash\n",
                Resolved = "{}",
            },
            submitted.Runs.Select(
                (run, index) => new ArrayTask(index, run, 0, new Dictionary<string, IReadOnlyList<string>>())
            )
        );
        project.Append(
            new JournalEvent.ArrayIntended
            {
                At = Noon,
                Array = array,
                Submission = submitted.Id,
                Experiment = "e",
                Stage = "main",
                Tasks = 5,
                JobName = Name,
            },
            new JournalEvent.ArraySubmitted
            {
                At = Noon,
                Array = array,
                Job = "12",
            },
            new JournalEvent.ArrayReleased { At = Noon, Array = array }
        );
    }

    private const string Array = "20261123-120000000-00000001";
    private const string Name = "e.main." + Array;

    [Fact]
    public void Status_tells_in_words_what_waits_and_what_runs()
    {
        Start(0);
        slurm.Queue(
            12,
            FakeSlurm.Row("12_[1-4%2]", "PENDING", "QOSMaxJobsPerUserLimit", Name),
            FakeSlurm.Row("12_0", "RUNNING", "None", Name, Noon, "node1")
        );
        var said = project.Type("status");
        Assert.Contains("4 wait: QOSMaxJobsPerUserLimit, ", said);
        Assert.Contains("1 runs on Slurm", said);
        Assert.Contains("job 12", said);
        Assert.DoesNotContain("No agent", said);
    }

    [Theory]
    [InlineData("12_[0-4]", 5, 0)]
    [InlineData("12", 5, 0)]
    [InlineData("12_[1-4%2]", 4, 1)]
    [InlineData("12_[0,2-4]", 4, 1)]
    [InlineData("12_[0-4:2]", 3, 2)]
    [InlineData("12_3", 1, 4)]
    [InlineData("12_[7-9]", 0, 5)]
    public void What_nothing_has_happened_to_is_counted_by_the_row_that_speaks_of_it(string row, int wait, int left)
    {
        slurm.Queue(12, FakeSlurm.Row(row, "PENDING", "Priority", Name));
        var said = project.Type("status");
        Assert.Equal(
            wait > 0,
            said.Contains($"{wait} wait: Priority", StringComparison.Ordinal)
                || said.Contains("1 waits: Priority", StringComparison.Ordinal)
        );
        Assert.Equal(left > 0, said.Contains($"{left} left the queue", StringComparison.Ordinal));
    }

    [Fact]
    public void Tasks_with_a_row_of_their_own_are_not_counted_by_that_of_the_others()
    {
        slurm.Queue(
            12,
            FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", Name),
            FakeSlurm.Row("12_2", "RUNNING", "None", Name, Noon, "node1")
        );
        var said = project.Type("status");
        Assert.Contains("4 wait: Priority", said);
        Assert.Contains("1 runs on Slurm", said);
    }

    [Fact]
    public void Slurm_is_asked_once_and_not_again_within_the_interval()
    {
        slurm.Queue(12, FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", Name));
        project.Type("status");
        Assert.Equal((1, 0), (slurm.Calls("squeue"), slurm.Calls("sacct")));
        foreach (var command in (string[])["status", "verify e", "explain e main seed=1"])
            project.Type(command.Split(' '));
        Assert.Equal(0, slurm.Calls("squeue"));
        project.Type("status", "--refresh");
        Assert.Equal(1, slurm.Calls("squeue"));
    }

    [Fact]
    public void What_left_the_queue_is_looked_up_in_one_call_and_written_down()
    {
        Start(0, 1, 2);
        slurm.Queue(12, FakeSlurm.Row("12_[3-4]", "PENDING", "Priority", Name));
        slurm.Accounts(
            FakeSlurm.Account("12_0", "OUT_OF_MEMORY", "0:125", Name, Noon),
            FakeSlurm.Account("12_1", "TIMEOUT", "0:0", Name, Noon),
            FakeSlurm.Account("12_2", "RUNNING", "0:0", Name)
        );
        var said = project.Type("status", "--show", "failed");
        Assert.Contains("out of memory: asked for 100M", said);
        Assert.Contains("reached its walltime", said);
        Assert.Equal((1, 1), (slurm.Calls("squeue"), slurm.Calls("sacct")));
        Assert.Contains("the accounting still says RUNNING", project.Type("status", "--refresh"));
    }

    [Fact]
    public void A_stranger_with_the_same_job_id_says_nothing_of_ours()
    {
        Start(0);
        slurm.Queue(12, FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", "somebody-else"));
        slurm.Accounts(FakeSlurm.Account("12_0", "FAILED", "1:0", "somebody-else", Noon));
        var said = project.Type("status");
        Assert.Contains("5 left the queue", said);
        Assert.Contains("\"failed\": 0", project.Type("status", "--json"));
    }

    [Fact]
    public void A_controller_that_is_down_leaves_what_is_known()
    {
        slurm.Queue(12, FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", Name));
        project.Type("status");
        slurm.Break("squeue");
        var said = project.Type("status", "--refresh");
        Assert.Contains("Slurm could not be asked: 'squeue' got no answer", said);
        Assert.Contains("5 wait: Priority", said);
        slurm.Calls("squeue");
        project.Type("status");
        Assert.Equal(0, slurm.Calls("squeue"));
    }

    [Fact]
    public void Json_has_the_job_of_each_run()
    {
        slurm.Queue(12, FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", Name, Noon.AddHours(2)));
        var said = project.Type("status", "--json").Split('\n', 2)[1].Split("--- exit")[0];
        using var json = JsonDocument.Parse(said);
        var run = json.RootElement.GetProperty("list")[2];
        Assert.Equal("12_2", run.GetProperty("job").GetString());
        Assert.Equal(2, run.GetProperty("task").GetInt32());
        Assert.Equal(
            ("PENDING", "Priority"),
            (run.GetProperty("slurm_state").GetString(), run.GetProperty("slurm_reason").GetString())
        );
        Assert.Equal(Noon.AddHours(2), run.GetProperty("expected_start").GetDateTimeOffset());
    }

    [Fact]
    public void A_run_is_found_by_its_job_and_its_job_log_speaks_for_an_agent_that_never_came()
    {
        slurm.Queue(12, FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", Name));
        Directory.CreateDirectory(project[$".expflow/jobs/{Array}"]);
        File.WriteAllText(project[$".expflow/jobs/{Array}/12_3.log"], "slurmstepd: no such folder\n");
        Assert.Contains($"PROJECT/.expflow/jobs/{Array}/12_3.log", project.Type("logs", "12_3", "--json"));
        var said = project.Type("explain", "12_3");
        Assert.Contains("12_3, PENDING", said);
        Assert.Contains("Priority, jobs of higher priority are ahead", said);
    }

    [Fact]
    public void Requests_are_told_for_the_administrator()
    {
        slurm.Queue(12, FakeSlurm.Row("12_[0-4]", "PENDING", "Priority", Name));
        Assert.Contains("at most 360 times an hour", project.Type("status", "--requests"));
    }

    public void Dispose()
    {
        project.Dispose();
        slurm.Dispose();
    }

    private void Start(params int[] runs) =>
        project.Append([
            .. runs.Select(run => new JournalEvent.AttemptStarted
            {
                At = Noon,
                Run = submitted.Runs[run].Id,
                Attempt = 1,
                Token = "a",
                Submission = submitted.Id,
                Host = "node1",
                Job = $"12_{run}",
            }),
        ]);
}
