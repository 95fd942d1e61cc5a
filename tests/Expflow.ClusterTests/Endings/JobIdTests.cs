using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Runs that are named by Slurm's own id of them.</summary>
public sealed class JobIdTests(Clusters clusters) : EndingTest(clusters)
{
    [Fact]
    public async Task Logs_and_explain_take_a_job_id()
    {
        var job = await Send("sweep: {grid: {x: [0, 1]}}\ncommand: echo x is {x}; exit {x}");
        await WaitForStates("done failed");
        Assert.Equal("x is 1", (await Project.Run("logs", $"{job}_1")).Text);
        Assert.Contains("attempt 1 failed: exit 1", await Explain($"{job}_1"));
        Assert.Contains("attempt 1 done", await Explain($"{job}_0"));
        Assert.Contains($"{job}_7", (await Project.Run("explain", $"{job}_7")).Error);
    }

    [Fact]
    public async Task Logs_of_a_running_job_are_followed_to_its_end()
    {
        var job = await Send("command: 'echo one; until [ -e {project.dir}/end ]; do sleep 0.1; done; echo two'");
        await WaitForStates("running");
        var follows = Project.Run("logs", $"{job}_0", "-f");
        Project.Write("end", "");
        Assert.Equal("one\ntwo", (await follows).Text);
    }

    [Fact]
    public async Task Cancel_and_retry_take_a_job_id_and_touch_no_other()
    {
        var job = await Send("sweep: {grid: {x: [0, 1]}}\ncommand: '[ $EXPFLOW_ATTEMPT = 2 ] || sleep 6{x}'");
        await WaitForStates("running running");
        Assert.Equal(0, (await Project.Run("cancel", $"{job}_1", "--yes")).Code);
        await WaitForStates("running cancelled");
        // Slurm shows a task for a moment longer than it lives.
        await WaitFor("only the other task is in the queue", async () => await Queue("%i") == $"{job}_0");
        Assert.Contains("Cancelled", await Explain($"{job}_1"));
        Assert.Equal(0, (await Project.Run("retry", $"{job}_1", "--detach")).Code);
        await WaitForStates("running done");
        Assert.Equal(0, (await Project.Run("cancel", $"{job}_0", "--yes")).Code);
        await WaitForStates("cancelled done");
        await WaitFor("the queue is empty", async () => await Queue() == "");
    }
}
