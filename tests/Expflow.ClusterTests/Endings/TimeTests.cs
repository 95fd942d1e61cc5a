using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Runs that need more time than they asked for, and count on from what they saved. Slurm looks at time limits every 30 s.</summary>
public sealed class TimeTests(Clusters clusters) : EndingTest(clusters)
{
    // Counts up to 6 across attempts, a number a line; the first attempt stops counting at 3 and waits for its end.
    private const string Counter = """
        command: |
          trap 'exit {code}' TERM
          n=$(cat "$EXPFLOW_CHECKPOINTS/n" 2>/dev/null || echo 0)
          while [ $n -lt 6 ]; do
            [ $n = 3 ] && [ $EXPFLOW_ATTEMPT = 1 ] && {{ sleep 60 & wait; }}
            n=$((n + 1)); echo $n >> {project.dir}/counted; echo $n > "$EXPFLOW_CHECKPOINTS/n"
          done
        resources: {walltime: 10m}
        """;

    private const string Saves = "\nsweep: {grid: {code: [75]}}";

    [Fact]
    public async Task Warned_before_its_limit_it_saves_and_goes_on_under_its_id()
    {
        var job = await Send(Counter + Saves + "\nretry: {timed_out: {times: 3}}");
        await WaitForText("counted", "1\n2\n3\n");
        await Cluster.Shell($"scancel --batch --signal=USR1 {job}_0");
        await WaitForStates("done");
        Assert.Equal("1 again: again, 2 done", await Story());
        Assert.Equal("1\n2\n3\n4\n5\n6\n", Project.Read("counted"));
        Assert.Equal($"{job}_0", (await LookAt()).Job);
    }

    [Fact]
    public async Task Warned_where_it_may_not_be_requeued_it_goes_on_in_a_new_job_once_recovered()
    {
        var job = await Send(Counter + Saves);
        await WaitForText("counted", "1\n2\n3\n");
        await Cluster.Shell($"scancel --batch --signal=USR1 {job}_0");
        await Cluster.WaitForState(job, "FAILED");
        Assert.Equal("pending", (await LookAt()).State);
        Assert.StartsWith("again", await Recover());
        await WaitForStates("done");
        Assert.Equal("1 again: again, 2 done", await Story());
        Assert.Equal("1\n2\n3\n4\n5\n6\n", Project.Read("counted"));
    }

    [Fact]
    public async Task At_its_limit_it_is_told_and_goes_on_from_its_checkpoint_with_more_time_once_recovered()
    {
        // A program that knows nothing of warnings: it saves as it goes, and dies of SIGTERM.
        var job = await Send(Counter.Replace("  trap 'exit {code}' TERM\n", ""));
        await WaitForText("counted", "1\n2\n3\n");
        await Cluster.RunOutOfTime($"{job}_0");
        await Cluster.WaitForState(job, "TIMEOUT");
        var run = await LookAt();
        Assert.True(run.State is "failed" or "pending", run.ToString());
        Assert.Equal("again: timed_out", await Recover());
        await WaitForStates("done");
        Assert.Equal("1 failed: timed_out, 2 done", await Story());
        Assert.Equal("1\n2\n3\n4\n5\n6\n", Project.Read("counted"));
    }

    [Fact]
    public async Task Without_a_checkpoint_a_time_out_is_left_with_the_reason()
    {
        var job = await Send("command: touch {project.dir}/on; sleep 60\nresources: {walltime: 10m}");
        await WaitFor("it runs", () => File.Exists(Project["on"]));
        await Cluster.RunOutOfTime($"{job}_0");
        var run = await WaitForStates("failed");
        Assert.Equal(("timed_out", "reached its walltime of 00:10:00"), (run.Cause, run.Reason));
        Assert.Equal("leave", await Recover());
        Assert.Contains("it would begin again from the start", await Explain());
    }
}
