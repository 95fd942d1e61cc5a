using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Queues;
using Expflow.Runs;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class PoolReaperTests : IDisposable
{
    private readonly PoolProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void What_a_dead_agent_had_in_hand_is_closed_and_comes_back_once()
    {
        var ghost = Taken("ghost", null, 1, 2, 3);
        Say(Started(1), Ended(1), Started(2));
        Assert.Equal(1, project.PutRight());
        Assert.Equal(0, project.PutRight());
        Assert.Equal([2, 3], project.Queued());
        Assert.Equal(("done", "pending", "lost"), (project.StateOf(1), project.StateOf(2), Cause(2)));
        Assert.False(ghost.IsThere);
    }

    [Fact]
    public void An_exit_record_tells_how_a_command_ended_whose_agent_died_before_it_could_say_so()
    {
        project.Keep = KeepOutputs.Files;
        Taken("ghost", null, 1, 2, 3);
        Say(Started(1), Started(2), Started(3));
        Record(1, 0);
        Record(2, 3);
        Record(3, 137);
        project.PutRight();
        Assert.Equal(("done", "failed", "pending"), (project.StateOf(1), project.StateOf(2), project.StateOf(3)));
        Assert.Equal([3], project.Queued());
    }

    [Theory]
    [InlineData("RUNNING", 0)]
    [InlineData("COMPLETING", 0)]
    [InlineData("NODE_FAIL", 1)]
    public void Slurms_word_decides_whether_an_agent_in_a_job_is_dead(string state, int dead)
    {
        project.Fake("squeue", SqueueRow(state));
        Taken("ghost", "7", 1);
        Assert.Equal(dead, project.PutRight());
        Assert.Equal(dead == 1 ? [1] : [], project.Queued());
    }

    [Fact]
    public void Where_Slurm_gives_no_answer_nobody_is_dead()
    {
        project.Fake("squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1");
        Taken("ghost", "7", 1);
        Assert.Equal(0, project.PutRight());
        Assert.Empty(project.Queued());
    }

    [Fact]
    public void A_run_that_takes_its_agent_along_again_and_again_is_not_run_for_ever()
    {
        for (var attempt = 1; attempt <= 9; attempt++)
            Say(Started(1, attempt), Ended(1, attempt) with { Outcome = AttemptOutcome.Again, Cause = "lost" });
        Taken("ghost", null, 1);
        Say(Started(1, 10));
        project.PutRight();
        Assert.Equal(("failed", "restarted_too_often"), (project.StateOf(1), Cause(1)));
        Assert.Empty(project.Queued());
    }

    [Fact]
    public void A_run_that_was_ordered_anew_meanwhile_is_anothers_and_is_neither_closed_nor_queued_again()
    {
        Taken("ghost", null, 1, 2, 3);
        Say(Started(1), Failed(1), Again(1), Started(2), Failed(2), Again(2), Started(2, 2));
        project.PutRight();
        Assert.Equal([3], project.Queued());
        Assert.Equal(("pending", "running"), (project.StateOf(1), project.StateOf(2)));
    }

    [Fact]
    public void What_the_dead_agent_itself_was_about_to_try_again_comes_back()
    {
        Taken("ghost", null, 1, 2);
        Say(Started(1), Failed(1), Again(1));
        var file = Directory.GetFiles(project.Project.Journal).Max(StringComparer.Ordinal)!;
        File.Move(file, Path.Combine(project.Project.Journal, "ghost.jsonl"));
        project.PutRight();
        Assert.Equal([1, 2], project.Queued());
    }

    [Fact]
    public async Task An_idle_agent_takes_over_what_a_dead_one_had()
    {
        Taken("ghost", null, 1, 2);
        Say(Started(1));
        project.Terms = project.Terms with { Idle = TimeSpan.FromSeconds(5) };
        var agent = project.Start();
        while (project.StateOf(1) != "done" || project.StateOf(2) != "done")
            await Task.Yield();
        project.Say(PoolState.Draining);
        Assert.Equal(0, await agent);
        Assert.Equal(2, project.Ledger[PoolProject.Run(1)].Attempt);
    }

    private ClaimFolder Taken(string agent, string? job, params int[] runs)
    {
        project.Submit(project.Batch(runs));
        var ghost = project.Ghost(agent, job);
        Assert.IsType<ClaimOutcome.Claimed>(
            new BatchTaker(project.Pool, ghost, TimeProvider.System, new(1)).TryClaim(_ => true)
        );
        return ghost;
    }

    private string? Cause(int run) => project.Ledger[PoolProject.Run(run)].Ended?.Cause;

    private void Say(params JournalEvent[] happened)
    {
        using var journal = JournalWriter.Open(project.Project.Journal, "cpu01", TimeProvider.System);
        journal.Append(happened);
    }

    private void Record(int run, int code)
    {
        var attempt = new AttemptFolder(Path.Combine(project.Project.Runs, $"e/s/{run}"), 1);
        Directory.CreateDirectory(attempt.Path);
        File.WriteAllText(attempt.Exit, $"{code}\n");
    }

    private static JournalEvent.AttemptStarted Started(int run, int attempt = 1) =>
        new()
        {
            At = PoolProject.Now,
            Run = PoolProject.Run(run),
            Attempt = attempt,
            Token = $"t{attempt}",
            Submission = SubmissionId.New(TimeProvider.System, Random.Shared),
            Host = "cpu01",
        };

    private static JournalEvent.AttemptEnded Ended(int run, int attempt = 1) =>
        new()
        {
            At = PoolProject.Now,
            Run = PoolProject.Run(run),
            Attempt = attempt,
            Token = $"t{attempt}",
            Outcome = AttemptOutcome.Done,
        };

    private static JournalEvent.AttemptEnded Failed(int run) =>
        Ended(run) with
        {
            Outcome = AttemptOutcome.Failed,
            Cause = "failed",
        };

    private static JournalEvent.Requeued Again(int run) =>
        new()
        {
            At = PoolProject.Now,
            Run = PoolProject.Run(run),
            Turn = 1,
            After = 1,
            Reason = "somebody wants it again",
        };

    // In the format that it is asked for: fields end with a unit separator, rows with a record separator.
    private static string SqueueRow(string state) =>
        $"printf '{string.Join(@"\037", ["7", "7", state, "None", "pool", "", "u", "cpu", .. Enumerable.Repeat("", 9)])}\\036\\n'";
}
