using Xunit;

namespace Expflow.ClusterTests.Pools;

/// <summary>How allocations end: drained, stopped, idle, at their limit. Nothing is lost.</summary>
public sealed class EndTests(Clusters clusters) : PoolTest(clusters)
{
    private static readonly string Waits = $$$"""
        command: |
          trap 'echo $EXPFLOW_RUN_ID >> saved; echo 1 > "$EXPFLOW_CHECKPOINTS/n"; exit 75' TERM
          echo {x} >> {project.dir}/begun
          [ -e "$EXPFLOW_CHECKPOINTS/n" ] || until [ -e {project.dir}/go ]; do sleep 0.1; done
          {{{Done}}}
        """;

    [Fact]
    public async Task Drained_it_lets_end_what_runs_and_keeps_the_rest()
    {
        // Agents listen once a second: what runs takes longer than that to end.
        await Give($"{Waits.Replace("sleep 0.1; done", "sleep 0.1; done && sleep 5")}\n{Sweep(5)}");
        await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        Assert.Contains("let end what they run", (await Project.Run("pool", "drain")).Text);
        Project.Write("go", "");
        await WaitUntilOver();
        await WaitForRuns("2 done 3 pending");
        Assert.Equal(("draining", 3), ((await LookAtPool()).State, (await LookAtPool()).Waiting));
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("5 done");
        AssertOnceEach(5);
    }

    [Fact]
    public async Task Stopped_its_runs_save_and_go_on_when_it_is_started_again()
    {
        await Give($"{Waits}\n{Sweep(4)}");
        await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        Assert.Contains("ask what they run to save", (await Project.Run("pool", "stop")).Text);
        await WaitUntilOver();
        await WaitForRuns("4 pending");
        Assert.Equal(2, Lines("saved").Distinct().Count());
        Assert.Equal(4, (await LookAtPool()).Waiting);
        Project.Write("go", "");
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("4 done");
        AssertOnceEach(4);
    }

    [Fact]
    public async Task Allocations_that_still_wait_for_a_node_are_cancelled_with_it()
    {
        await Start("--allocations", "6", "--cpus", "8", "--workers", "1", "--max-hours", "1");
        await WaitFor(
            "four run and two wait",
            async () => (await LookAtPool()).Allocations.Count(one => one.State == "PENDING") == 2
        );
        Assert.Contains("2 allocations that waited for a node: cancelled", (await Project.Run("pool", "drain")).Text);
        await WaitUntilOver();
    }

    [Fact]
    public async Task With_nothing_to_do_it_gives_the_allocation_back()
    {
        await Start("--allocations", "2", "--workers", "1", "--max-hours", "1", "--idle", "2s");
        await WaitUntilOver();
        Assert.Equal("open", (await LookAtPool()).State);
    }

    [Fact]
    public async Task No_run_is_started_that_can_not_end_in_time()
    {
        await Give($"resources: {{walltime: 10m}}\ncommand: 'echo {{x}}; {Done}'\n{Sweep(3)}");
        await GiveAs("long", "resources: {walltime: 2h}\ncommand: touch {project.dir}/long", "--priority", "900");
        await Start("--workers", "2", "--max-hours", "1", "--idle", "2s");
        await WaitForRuns("3 done");
        await WaitUntilOver();
        await WaitForRuns("1 pending", experiment: "long");
        Assert.False(File.Exists(Project["long"]));
        Assert.Equal(1, (await LookAtPool()).Waiting);
        await Start("--workers", "2", "--max-hours", "4", "--idle", "0");
        await WaitForRuns("1 done", experiment: "long");
    }

    [Fact]
    public async Task At_its_limit_the_runs_save_and_the_next_allocation_goes_on_with_them()
    {
        await Give($"{Waits}\n{Sweep(3)}");
        var job = await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        await Cluster.RunOutOfTime($"{job}_0");
        await WaitUntilOver(120);
        await WaitForRuns("3 pending");
        Assert.Equal(2, Lines("saved").Distinct().Count());
        Project.Write("go", "");
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("3 done");
        AssertOnceEach(3);
    }

    [Fact]
    public async Task Warned_before_its_limit_it_starts_nothing_more_and_its_runs_save()
    {
        await Give($"{Waits}\n{Sweep(3)}");
        var job = await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        await Cluster.Shell($"scancel --batch --signal=USR1 {job}_0");
        await WaitUntilOver();
        await WaitForRuns("3 pending");
        Assert.Equal(2, Lines("saved").Distinct().Count());
        Project.Write("go", "");
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("3 done");
        AssertOnceEach(3);
    }
}
