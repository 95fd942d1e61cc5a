using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Runs that end by themselves.</summary>
public sealed class OwnEndTests(Clusters clusters) : EndingTest(clusters)
{
    [Fact]
    public async Task Done_and_failed_are_told_with_the_line_of_the_log_that_says_why()
    {
        await Send(
            """
            sweep: {grid: {x: [0, 1]}}
            command: |
              echo "ValueError: x is {x}" >&2; exit {x}
            """
        );
        await WaitForStates("done failed");
        var failed = (await Look())[1];
        Assert.Equal(("failed", "exit 1: ValueError: x is 1", 1), (failed.Cause, failed.Reason, failed.Attempt));
        Assert.Equal("1 failed: failed", await Story(failed.Id));
        Assert.Equal("leave", await Recover());
        Assert.Contains("2 runs expected, 1 verified, 1 hole", (await Project.Run("verify", "s")).Out);
    }

    [Fact]
    public async Task A_hollow_success_is_a_failed_job_and_what_needs_it_never_starts()
    {
        var sent = await SendAll(
            """
            stages:
              a: {command: echo fine, outputs: [model.pt]}
              b: {command: 'touch {project.dir}/started; cat {a.dir}/model.pt', needs: [a]}
            """
        );
        await WaitForStates("failed pending");
        var (a, b) = (await LookAt("a"), await LookAt("b"));
        Assert.Equal(("missing_outputs", "exit 0, but without its declared output 'model.pt'"), (a.Cause, a.Reason));
        await WaitFor("b is seen to wait for ever", async () => (b = await LookAt("b")).Place == "blocked");
        Assert.Equal("DependencyNeverSatisfied", b.SlurmReason);
        Assert.StartsWith("needs a ", b.Reason);
        await WaitFor(
            "the accounting has the job as failed",
            async () =>
                (await Cluster.Sacct(sent["a"], "State,ExitCode")).EndsWith("FAILED|65:0", StringComparison.Ordinal)
        );
        Assert.Equal("", Project.Read("started"));
    }

    [Fact]
    public async Task A_metric_that_is_not_a_number_is_flagged()
    {
        await Send(
            """
            command: |
              echo '{{"step": 1, "loss": NaN}}' >> "$EXPFLOW_METRICS"
            """
        );
        var run = await WaitForStates("done");
        Assert.True(run.IsHole);
        Assert.Contains("'loss' has 1 of 1 values that are NaN or infinite", run.Reason);
        Assert.Contains("Done, but not good", await Explain());
    }

    [Fact]
    public async Task A_job_that_cannot_be_launched_has_never_started()
    {
        await Send("slurm: {directives: [--begin=now+3]}\ncommand: 'true'");
        Directory.Delete(Project[".expflow/jobs"], recursive: true);
        var run = await WaitForStates("failed");
        Assert.Equal(("never_started", 1), (run.Cause, run.Attempt));
        Assert.Equal("again: never_started", await Recover());
        await WaitForStates("done");
        Assert.Equal("1 failed: never_started, 2 done", await Story());
    }

    [Fact]
    public async Task What_two_commands_see_at_once_is_told_once()
    {
        var job = await Send("command: sleep 60");
        await WaitForStates("running");
        await Cluster.Shell($"scancel {job}");
        await Cluster.WaitForState(job, "CANCELLED");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Look()));
        await WaitForStates("failed");
        Assert.Single((await Explain()).Split('\n'), line => line.Contains("attempt 1 failed"));
    }
}
