using Xunit;

namespace Expflow.ClusterTests.Pools;

/// <summary>Agents, nodes and commands that die: what they had is done by others, once.</summary>
public sealed class DeathTests(Clusters clusters) : PoolTest(clusters)
{
    // The first attempts wait, so that there is something to kill; the others go on at once.
    private static readonly string Stays = $$$"""
        command: |
          echo {x} $SLURMD_NODENAME >> {project.dir}/begun
          [ $EXPFLOW_ATTEMPT -gt 1 ] || until [ -e {project.dir}/go ]; do sleep 0.1; done
          {{{Done}}}
        """;

    [Fact]
    public async Task An_agent_that_is_killed_loses_nothing_and_its_runs_are_done_elsewhere()
    {
        await Give($"{Stays}\n{Sweep(12)}");
        await Start("--allocations", "2", "--workers", "2", "--cpus", "8", "--max-hours", "1");
        await WaitFor("four have begun", () => Lines("begun").Length == 4);
        await KillAgent("cpu01");
        await WaitUntilGivenBack(10);
        Project.Write("go", "");
        await WaitForRuns("12 done");
        AssertOnceEach(12);
    }

    [Fact]
    public async Task When_the_last_agent_is_gone_a_look_puts_its_runs_back_and_the_next_allocation_goes_on()
    {
        await Give($"{Stays}\n{Sweep(3)}");
        await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        await KillAgent("cpu01");
        await WaitFor(
            "all wait in the queue",
            async () => await LookAtPool() is { Waiting: 3, Running.Count: 0, Allocations.Count: 0 },
            90
        );
        await WaitForRuns("3 pending");
        Project.Write("go", "");
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("3 done");
        AssertOnceEach(3);
    }

    [Fact]
    public async Task A_command_that_is_killed_fails_alone()
    {
        await Give(
            $$$"""
            command: |
              echo $$ $EXPFLOW_RUN_ID {x} >> {project.dir}/begun
              until [ -e {project.dir}/go ]; do sleep 0.1; done
            {{{Sweep(4)}}}
            """
        );
        await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        var (process, run) = (Lines("begun")[0].Split(' ')[0], Lines("begun")[0].Split(' ')[1]);
        await Cluster.Exec("cpu01", "kill", "-9", process);
        await WaitFor("another has begun in its place", () => Lines("begun").Length == 3);
        Project.Write("go", "");
        await WaitForRuns("3 done 1 failed");
        Assert.Equal(run, Assert.Single(await Look(), one => one.State == "failed").Id);
    }

    [Fact]
    public async Task After_a_power_cut_the_runs_of_the_node_are_done_elsewhere_once()
    {
        await Give($"{Stays}\n{Sweep(8)}");
        await Start("--allocations", "2", "--workers", "2", "--cpus", "8", "--max-hours", "1");
        await WaitFor("four have begun", () => Lines("begun").Length == 4);
        await Cluster.PowerCut("cpu01");
        await WaitUntilGivenBack(6);
        Project.Write("go", "");
        await WaitForRuns("8 done");
        AssertOnceEach(8);
        Assert.DoesNotContain("cpu01", Project.Read("ledger"));
    }

    [Fact]
    public async Task An_agent_that_wakes_up_after_its_runs_were_given_away_changes_nothing()
    {
        // What wakes up would be done after 5 s if nobody ended it.
        await Give($"{Stays.Replace("sleep 0.1; done", "sleep 0.1; done && sleep 5")}\n{Sweep(6)}");
        await Start("--allocations", "2", "--workers", "2", "--cpus", "8", "--max-hours", "1");
        await WaitFor("four have begun", () => Lines("begun").Length == 4);
        // The node is cut off, and nobody can end what stands still there.
        await Cluster.Exec("cpu01", "sh", "-c", $"pkill -STOP -f '[e]xpflow agent'; {ToCommands("STOP")}");
        await Cluster.Stop("slurmd@cpu01");
        await Cluster.Shell("scontrol update NodeName=cpu01 State=DOWN Reason=silent");
        await WaitUntilGivenBack(4);
        Project.Write("go", "");
        await WaitForRuns("6 done");
        var before = await Look();
        await Cluster.Exec("cpu01", "sh", "-c", $"pkill -CONT -f '[e]xpflow agent'; {ToCommands("CONT")}");
        await WaitFor("the old agent has given way", async () => await Agents("cpu01") == "");
        Assert.Equal(before, await Look());
        AssertOnceEach(6);
    }

    // With it die its commands, as wherever Slurm keeps the processes of a job in a control group.
    private Task<string> KillAgent(string node) =>
        Cluster.Exec(node, "sh", "-c", $"pkill -9 -f '[e]xpflow agent'; {ToCommands("KILL")}");

    private static string ToCommands(string signal) =>
        $"for one in /proc/[0-9]*; do tr '\\0' '\\n' < $one/environ 2> /dev/null | grep -q ^EXPFLOW_RUN_ID= && kill -{signal} ${{one#/proc/}}; done; :";

    // The other allocation's two workers are busy, so that they wait.
    private Task WaitUntilGivenBack(int waiting) =>
        WaitFor(
            "what the dead agent had is back in the queue",
            async () => await LookAtPool() is { Running.Count: 2 } pool && pool.Waiting + pool.Claimed == waiting,
            120
        );
}
