using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Runs that end while a part of Slurm is away, or after it has forgotten them.</summary>
public sealed class AwayTests(Clusters clusters) : EndingTest(clusters)
{
    // Where the agent is killed it goes on, out of Slurm's sight, until the project is gone.
    private const string Lasts = "while [ -e {project.dir}/s.yaml ]; do sleep 0.1; done";

    private const string UntilTold = "'until [ -e {project.dir}/end ]; do sleep 0.1; done'";

    [Fact]
    public async Task A_restart_of_the_controller_is_told_as_such_and_ends_nothing()
    {
        await Send($"command: {UntilTold}");
        await WaitForStates("running");
        await Cluster.Stop("slurmctld");
        var said = await Project.Run("status", "s", "--refresh");
        Assert.Contains("Slurm could not be asked", said.Out + said.Error);
        Assert.Equal("running", (await LookAt()).State);
        await Cluster.Start("slurmctld");
        Project.Write("end", "");
        await WaitForStates("done");
        Assert.Equal("1 done", await Story());
    }

    [Fact]
    public async Task While_the_accounting_is_down_an_end_that_nobody_saw_is_unknown_and_not_guessed()
    {
        var job = await Send($"sweep: {{grid: {{x: [0, 1]}}}}\ncommand: '[ {{x}} = 0 ] || {Lasts}'");
        await WaitForStates("done running");
        await Cluster.Stop("slurmdbd");
        await KillAgents();
        await WaitFor("its job is over", async () => await Queue() == "");
        var run = (await Look())[1];
        Assert.Equal(("running", "left"), (run.State, run.Place));
        Assert.StartsWith("left the queue; ", run.Reason);
        await Cluster.Start("slurmdbd");
        await WaitForStates("done failed");
        Assert.Equal($"{job}_1", (await Look())[1].Job);
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("echo 'Slurm accounting storage is disabled' >&2; exit 1")]
    public async Task Where_the_accounting_has_nothing_to_say_the_agents_record_is_enough(string sacct)
    {
        Replace("sacct", sacct);
        await Send("sweep: {grid: {x: [0, 3]}}\ncommand: exit {x}");
        await WaitForStates("done failed");
        Assert.Equal("exit 3", (await Look())[1].Reason);
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("echo 'Slurm accounting storage is disabled' >&2; exit 1")]
    public async Task Where_the_accounting_has_nothing_to_say_an_end_that_nobody_saw_is_never_done(string sacct)
    {
        Replace("sacct", sacct);
        await Send($"command: '{Lasts}'");
        await WaitForStates("running");
        await KillAgents();
        await WaitFor("its job is over", async () => await Queue() == "");
        var run = await LookAt();
        Assert.Equal(("running", "left"), (run.State, run.Place));
        Assert.StartsWith("left the queue; ", run.Reason);
    }

    [Fact]
    public async Task What_Slurm_has_forgotten_is_known_from_the_agents_record()
    {
        var job = await Send(
            $"sweep: {{grid: {{x: [0, 1, 2]}}}}\ncommand: 'if [ {{x}} = 2 ]; then {Lasts}; fi; exit {{x}}'"
        );
        await WaitFor("one is left", async () => await Queue("%i") == $"{job}_2");
        await KillAgents();
        await WaitForEmptyQueue();
        await Cluster.ForgetFinished();
        await WaitForStates("done failed failed");
        var runs = await Look();
        Assert.Equal("exit 1", runs[1].Reason);
        // The signal reaches the command's shell or the program in it first.
        Assert.Contains(runs[2].Cause, (string[])["signalled", "failed"]);
    }

    [Fact]
    public async Task A_stage_behind_a_failed_one_that_Slurm_has_forgotten_is_refused()
    {
        Project.Write(
            "s.yaml",
            """
            experiment: s
            stages: {a: {command: 'false'}, b: {command: 'true', needs: [a]}}
            pipelines: {first: [a]}
            """
        );
        await Submit("s.yaml", "--pipeline", "first");
        await WaitForStates("failed");
        await Cluster.ForgetFinished();
        Assert.Contains("needs a run of 'a' that is not done", await FailToSubmit("s.yaml", "--from", "b"));
        Assert.Equal("", await Queue());
    }

    // As the kernel does when the node has no memory left: without a word.
    private async Task KillAgents() => await Cluster.Exec("cpu01", "sh", "-c", "kill -9 $(pgrep -f '[e]xpflow agent')");
}
