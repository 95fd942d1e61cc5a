using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Queues;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class PoolAgentTests : IDisposable
{
    // Says that it has begun, and waits until the test lets it go on.
    private const string Waiting = "echo >\"$T/began\"; while [ ! -e \"$T/go\" ]; do sleep 0.02; done";

    private readonly PoolProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task An_agent_carries_out_what_stands_in_the_queue_and_leaves_nothing_behind()
    {
        project.Submit(project.Batch(1, 2, 3), project.Batch(4));
        Assert.Equal(0, await project.Start());
        Assert.All(Enumerable.Range(1, 4), run => Assert.Equal("done", project.StateOf(run)));
        Assert.Empty(project.Queued());
        Assert.Empty(Claim.All(project.Pool));
    }

    [Fact]
    public async Task Four_agents_start_each_of_216_runs_once()
    {
        project.Submit(Enumerable.Range(1, 216).Select(run => project.Batch(run)));
        project.Cores = 4;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => project.Start()));
        var started = project.Events.OfType<JournalEvent.AttemptStarted>().Select(start => (int)start.Run.Bits);
        Assert.Equal(Enumerable.Range(1, 216), started.Order());
        Assert.All(Enumerable.Range(1, 216), run => Assert.Equal("done", project.StateOf(run)));
    }

    [Fact]
    public async Task Draining_lets_end_what_runs_and_gives_back_the_rest()
    {
        project.Cores = 1;
        project.Command(Waiting);
        project.Submit(project.Batch(1, 2, 3));
        var agent = project.Start();
        project.Await("began");
        project.Say(PoolState.Draining);
        while (!project.Queued().SequenceEqual([2, 3]))
            await Task.Yield();
        File.WriteAllText(project["go"], "");
        Assert.Equal(0, await agent);
        Assert.Equal("done", project.StateOf(1));
        Assert.Equal([2, 3], project.Queued());
    }

    [Fact]
    public async Task Stopping_asks_what_runs_to_save_and_puts_it_back()
    {
        project.Keep = KeepOutputs.Files;
        project.Command("trap 'exit 75' TERM; " + Waiting);
        project.Submit(project.Batch(1));
        var agent = project.Start();
        project.Await("began");
        project.Say(PoolState.Stopped);
        Assert.Equal(0, await agent);
        Assert.Equal([1], project.Queued());
        project.Say(PoolState.Open);
        File.WriteAllText(project["go"], "");
        Assert.Equal(0, await project.Start());
        Assert.Equal(("done", 2), (project.StateOf(1), project.Ledger[PoolProject.Run(1)].Attempt));
    }

    [Fact]
    public async Task The_warning_before_the_end_of_the_job_has_runs_save_and_go_on_elsewhere()
    {
        project.Keep = KeepOutputs.Files;
        project.Command("trap 'exit 75' TERM; " + Waiting);
        project.Submit(project.Batch(1));
        var agent = project.Start();
        project.Await("began");
        project.Warn();
        Assert.Equal(0, await agent);
        Assert.Equal([1], project.Queued());
        Assert.Equal("again", project.Ledger[PoolProject.Run(1)].Ended!.Cause);
    }

    [Fact]
    public async Task Nothing_is_started_that_cannot_end_before_the_deadline()
    {
        project.End = PoolProject.Now + TimeSpan.FromMinutes(30);
        project.Submit(project.Batch(1));
        project.Stage = project.Stage with { Resources = new() { Walltime = Walltime.From(TimeSpan.FromHours(1)) } };
        project.Submit(project.Batch(2));
        Assert.Equal(0, await project.Start());
        Assert.Equal(("done", "pending"), (project.StateOf(1), project.StateOf(2)));
        Assert.Equal([2], project.Queued());
    }

    [Fact]
    public async Task A_stage_without_a_walltime_is_held_to_what_its_runs_have_taken()
    {
        var times = new StageTimes(project.Pool);
        times.Note(BatchName.KeyOf("e", "s"), TimeSpan.FromHours(1).TotalSeconds);
        times.Share();
        project.End = PoolProject.Now + TimeSpan.FromMinutes(70);
        project.Submit(project.Batch(1));
        Assert.Equal(0, await project.Start());
        Assert.Equal([1], project.Queued());
    }

    [Fact]
    public async Task A_run_that_fails_is_tried_again_as_its_policy_has_it()
    {
        project.Stage = project.Stage with { Retry = new() { Failed = new(2) } };
        project.Command("[ -e \"$T/once\" ] || { echo >\"$T/once\"; exit 3; }");
        project.Submit(project.Batch(1));
        await project.Start();
        Assert.Equal(("done", 2), (project.StateOf(1), project.Ledger[PoolProject.Run(1)].Attempt));
        Assert.Empty(project.Queued());
    }

    [Fact]
    public async Task A_cancelled_run_is_not_started_and_does_not_come_back()
    {
        using (var journal = JournalWriter.Open(project.Project.Journal, "login", TimeProvider.System))
            journal.Append(
                new JournalEvent.Cancelled
                {
                    At = default,
                    Run = PoolProject.Run(1),
                    Turn = 1,
                }
            );
        project.Say(PoolState.Open);
        project.Submit(project.Batch(1, 2));
        await project.Start();
        Assert.Equal(("cancelled", "done"), (project.StateOf(1), project.StateOf(2)));
        Assert.Empty(project.Queued());
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_runs_is_ended()
    {
        project.Command(Waiting);
        project.Submit(project.Batch(1));
        var agent = project.Start();
        project.Await("began");
        using (var journal = JournalWriter.Open(project.Project.Journal, "login", TimeProvider.System))
            journal.Append(
                new JournalEvent.Cancelled
                {
                    At = default,
                    Run = PoolProject.Run(1),
                    Turn = 1,
                }
            );
        project.Say(PoolState.Open);
        Assert.Equal(0, await agent);
        Assert.Equal("cancelled", project.StateOf(1));
    }

    [Fact]
    public async Task A_command_that_says_and_saves_nothing_for_too_long_is_ended_as_hung()
    {
        project.Stage = project.Stage with { Progress = Walltime.From(TimeSpan.FromSeconds(1)) };
        project.Command(Waiting);
        project.Submit(project.Batch(1));
        await project.Start();
        Assert.Equal(("failed", "hung"), (project.StateOf(1), project.Ledger[PoolProject.Run(1)].Ended!.Cause));
    }

    [Fact]
    public async Task A_pool_that_is_stopped_starts_nothing()
    {
        project.Submit(project.Batch(1));
        project.Say(PoolState.Stopped);
        Assert.Equal(0, await project.Start());
        Assert.Equal([1], project.Queued());
    }

    [Fact]
    public async Task A_run_starts_when_all_that_it_needs_is_done()
    {
        project.Terms = project.Terms with { Idle = TimeSpan.FromSeconds(2) };
        project.Submit(project.Blocked(3, 1, 2), project.Batch(1, 2), project.Blocked(5, 4));
        Assert.Equal(0, await project.Start());
        Assert.Equal(("done", "pending"), (project.StateOf(3), project.StateOf(5)));
        Assert.Equal([5], project.Queued());
    }

    [Fact]
    public async Task An_agent_that_was_taken_for_dead_ends_its_commands_and_says_nothing_more()
    {
        project.Command(Waiting);
        project.Submit(project.Batch(1, 2));
        project.Cores = 1;
        var zombie = project.Start();
        project.Await("began");
        var claim = Claim.All(project.Pool).Single();
        claim.Take(project.Ghost("reaper"));
        Assert.Equal(JobExit.Superseded, await zombie);
        Assert.Equal("running", project.StateOf(1));
        File.WriteAllText(project["go"], "");
        Assert.Equal(2, project.PutRight());
        Assert.Equal([1, 2], project.Queued());
        Assert.Equal(0, await project.Start());
        Assert.Equal(("done", 2), (project.StateOf(1), project.Ledger[PoolProject.Run(1)].Attempt));
    }

    [Fact]
    public async Task Runs_that_ask_for_two_gpus_get_two_different_ones_and_others_share()
    {
        (project.Gpus, project.RunsPerGpu, project.Cores) = (["GPU-a", "GPU-b"], 2, 4);
        project.Stage = project.Stage with { Resources = new() { Gpus = Two() } };
        project.Submit(project.Batch(1, 2));
        await project.Start();
        var gpus = project.Events.OfType<JournalEvent.AttemptStarted>().Select(start => start.Gpus);
        Assert.All(gpus, given => Assert.Equal(["GPU-a", "GPU-b"], given!.Split(',').Order()));
        static GpuRequest? Two() => GpuRequest.TryParse("2", out var two) ? two : null;
    }
}
