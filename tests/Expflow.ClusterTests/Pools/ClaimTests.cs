using System.Diagnostics;
using Xunit;

namespace Expflow.ClusterTests.Pools;

/// <summary>Many workers, many runs: each is taken once.</summary>
public sealed class ClaimTests(Clusters clusters) : PoolTest(clusters)
{
    [Fact]
    public async Task Sixteen_workers_on_four_nodes_take_216_runs_and_each_of_them_once()
    {
        // The first sixteen wait for each other, so that all workers are at it.
        await Give(
            $$$"""
            sweep: {grid: {x: 0..71, seed: 0..2}}
            command: |
              mkdir -p {project.dir}/begun; touch {project.dir}/begun/$EXPFLOW_RUN_ID {x} {seed}
              until [ $(ls {project.dir}/begun | wc -l) -ge 16 ]; do sleep 0.1; done
              {{{Done}}}
            workdir: run
            """
        );
        await Start("--allocations", "4", "--workers", "4", "--cpus", "8", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("216 done", 180);
        AssertOnceEach(216);
        Assert.Equal(4, Lines("ledger").Select(line => line.Split(' ')[1]).Distinct().Count());
        Assert.All(await Look(), run => Assert.Equal(1, run.Attempt));
        await WaitUntilOver();
        var pool = await LookAtPool();
        Assert.Equal((0, 0, 0, 216), (pool.Waiting, pool.Claimed, pool.Blocked, pool.Done));
    }

    [Fact]
    public async Task New_runs_join_and_those_of_higher_priority_go_first()
    {
        const string waits =
            "until [ -e {project.dir}/go ]; do sleep 0.1; done; echo $EXPFLOW_RUN_ID {x} >> {project.dir}/order";
        await Give($"command: 'echo {{x}}; {waits}'\n{Sweep(3)}");
        await Start("--workers", "1", "--max-hours", "1");
        await WaitFor("one runs", async () => (await LookAtPool()).Running.Count == 1);
        await GiveAs("low", $"command: '{waits}'\npriority: 50\n{Sweep(2)}");
        await GiveAs("high", $"command: '{waits}'\n{Sweep(2)}", "--priority", "900");
        // An agent lists the queue once a second.
        var given = Stopwatch.StartNew();
        await WaitFor("its list of the queue is an old one", () => given.Elapsed > TimeSpan.FromSeconds(2));
        Project.Write("go", "");
        await WaitForRuns("2 done", experiment: "low");
        await WaitForRuns("3 done");
        await WaitForRuns("2 done", experiment: "high");
        var low = Seen.Read((await Project.Run("status", "low", "--json")).Out).Select(run => run.Id).ToHashSet();
        var high = Seen.Read((await Project.Run("status", "high", "--json")).Out).Select(run => run.Id).ToHashSet();
        var order = Lines("order").Select(line => line.Split(' ')[0]).Select(Kind);
        // What had been taken already stays where it is.
        Assert.Equal(["s", "high", "high", "s", "s", "low", "low"], order);

        string Kind(string run) =>
            low.Contains(run) ? "low"
            : high.Contains(run) ? "high"
            : "s";
    }

    [Fact]
    public async Task Submitting_again_adds_nothing_and_nobody_else_carries_out_what_stands_in_a_pool()
    {
        Assert.Equal(3, await GiveAs("s", $"command: 'echo {{x}}; {Done}'\n{Sweep(3)}"));
        Assert.Equal(0, await GiveAs("s", $"command: 'echo {{x}}; {Done}'\n{Sweep(3)}"));
        Assert.Equal(2, await GiveAs("s", $"command: 'echo {{x}}; {Done}'\n{Sweep(5)}"));
        Assert.Contains("would be carried out twice", await FailToSubmit("s.yaml"));
        Assert.Contains("would be carried out twice", (await Project.Run("run", "s.yaml")).Error);
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("5 done");
        AssertOnceEach(5);
    }

    [Fact]
    public async Task A_file_that_says_so_starts_the_pool_and_one_that_is_there_is_not_started_twice()
    {
        const string file = "executor: pool\npool: {allocations: 2, workers: 2, max_hours: 1}\nsnapshot: off\n";
        Project.Write("s.yaml", $"experiment: s\n{file}command: '{Done} {{x}}'\n{Sweep(6)}\n");
        Assert.Contains("2 allocations of pool 'main'", (await Project.Run("submit", "s.yaml")).Text);
        await WaitForRuns("6 done");
        Assert.Contains("already done", (await Project.Run("submit", "s.yaml")).Text);
        Assert.Contains("has 2 allocations already", (await Project.Run("pool", "start", "--allocations", "2")).Text);
        AssertOnceEach(6);
    }
}
