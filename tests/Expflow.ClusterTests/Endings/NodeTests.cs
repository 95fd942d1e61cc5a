using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Nodes that go away under their runs.</summary>
public sealed class NodeTests(Clusters clusters) : EndingTest(clusters)
{
    // Writes where it ran to its end into a ledger: once for each time that its work was done.
    private const string Ledger = """
        command: |
          echo $SLURMD_NODENAME >> {project.dir}/tries
          [ $EXPFLOW_ATTEMPT = 2 ] || sleep 60
          echo $SLURMD_NODENAME >> {project.dir}/ledger; echo $EXPFLOW_ATTEMPT > {run.dir}/model
        outputs: [model]
        """;

    [Fact]
    public async Task A_power_cut_is_told_and_the_run_is_done_elsewhere_once()
    {
        await Send(Ledger);
        await WaitForText("tries", "cpu01\n");
        await Cluster.PowerCut("cpu01");
        var run = await WaitForStates("failed");
        Assert.Equal(("node_failed", "node cpu01 failed"), (run.Cause, run.Reason));
        Assert.Equal("again: node_failed", await Recover());
        await WaitForStates("done");
        Assert.Equal("1 failed: node_failed, 2 done", await Story());
        Assert.Equal("cpu02\n", Project.Read("ledger"));
    }

    [Fact]
    public async Task A_power_cut_under_a_run_that_may_be_requeued_moves_it_under_the_same_id()
    {
        var job = await Send(Ledger + "\nretry: {node_failed: {times: 3}}");
        await WaitForText("tries", "cpu01\n");
        await Cluster.PowerCut("cpu01");
        var run = await WaitForStates("done");
        Assert.Equal(($"{job}_0", 2), (run.Job, run.Attempt));
        Assert.Equal("cpu02\n", Project.Read("ledger"));
        Assert.EndsWith(", 2 done", await Story());
    }

    [Fact]
    public async Task A_drained_node_lets_its_run_end_and_takes_no_more()
    {
        await Send(
            "sweep: {grid: {x: [0, 1]}}\nresources: {cpus: 8}\nslurm: {exclude: ['cpu[02-04]']}\n"
                + "command: 'touch {project.dir}/on{x}; until [ -e {project.dir}/end ]; do sleep 0.1; done'"
        );
        await WaitFor("one runs", () => File.Exists(Project["on0"]));
        await Cluster.Shell("scontrol update NodeName=cpu01 State=DRAIN Reason=disk");
        await WaitFor(
            "the other waits for the node",
            async () => (await Look())[1].SlurmReason?.StartsWith("ReqNodeNotAvail") == true
        );
        Project.Write("end", "");
        await WaitForStates("done pending");
        Assert.Contains(
            "nodes that it needs are not available: cpu01",
            (await Project.Run("status", "s", "--refresh")).Out
        );
        await Cluster.Shell("scontrol update NodeName=cpu01 State=RESUME");
        await WaitForStates("done done");
    }

    [Fact]
    public async Task An_attempt_that_comes_back_from_the_dead_changes_nothing()
    {
        await Send(
            Ledger.Replace(
                "sleep 60",
                "{{ echo $$ > {project.dir}/pid; until [ -e {project.dir}/over ]; do sleep 0.1; done; sleep 5; }}"
            )
        );
        await WaitForText("tries", "cpu01\n");
        var old = $"{await Agents("cpu01")} {Project.Read("pid")}".ReplaceLineEndings(" ");
        // The node is cut off, and nobody can end what stands still there.
        await Cluster.Exec("cpu01", "sh", "-c", $"kill -STOP {old}");
        await Cluster.Stop("slurmd@cpu01");
        await Cluster.Shell("scontrol update NodeName=cpu01 State=DOWN Reason=silent");
        Assert.Equal("node_failed", (await WaitForStates("failed")).Cause);
        Assert.Equal("again: node_failed", await Recover());
        var done = await WaitForStates("done");
        Project.Write("over", "");
        await Cluster.Exec("cpu01", "sh", "-c", $"kill -CONT {old}");
        await WaitFor("the old agent has given way", async () => await Agents("cpu01") == "");
        Assert.Equal(done, await LookAt());
        Assert.Equal(("2\n", "cpu02\n"), (Project.Read($"runs/{done.Folder}/model"), Project.Read("ledger")));
    }
}
