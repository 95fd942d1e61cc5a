using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>Recovery with nobody logged in: a job that wakes when an array has ended.</summary>
public sealed class SentinelTests(Clusters clusters) : RecoveryTest(clusters)
{
    [Fact]
    public async Task It_gives_more_memory_sends_what_waits_behind_and_goes_when_all_is_done()
    {
        WritePipeline();
        Assert.Contains("you can log out", (await Project.Run("submit", "p.yaml", "--recover")).Text);
        await WaitForEmptyQueue(90);
        Assert.Equal("8 done", await Standing("p"));
        Assert.Equal(0, (await Project.Run("verify", "p")).Code);
        Assert.Equal("first-0 first-1 first-2 first-3 second-0 second-1 second-2 second-3", Ledger);
    }

    [Fact]
    public async Task There_is_one_however_often_is_submitted_and_it_goes_with_what_is_cancelled()
    {
        Project.Write("s.yaml", "experiment: s\nsweep: {grid: {x: 0..3}}\ncommand: sleep 600 {x}\n");
        await Project.Run("submit", "s.yaml", "--recover");
        var sentinel = await Sentinels();
        Assert.Matches(@"^\d+$", sentinel);
        Assert.Contains("s.sentinel", await Queue("%j"));
        Project.Write("s.yaml", "experiment: s\nsweep: {grid: {x: 0..5}}\ncommand: sleep 600 {x}\n");
        await Project.Run("submit", "s.yaml", "--recover");
        Assert.Equal(sentinel, await Sentinels());
        Assert.Equal(0, (await Project.Run("cancel", "s", "--yes")).Code);
        await WaitForEmptyQueue();
    }

    [Fact]
    public async Task Taken_away_by_hand_it_is_not_missed_by_who_recovers_by_hand()
    {
        WritePipeline();
        await Project.Run("submit", "p.yaml", "--recover");
        await Cluster.Shell($"scancel {await Sentinels()}");
        await WaitUntilQuiet();
        Assert.Equal("6 done 1 failed 1 pending", await Standing("p"));
        Assert.Equal(["again first: 1", "follow second: 1"], (await Recover("p")).Decisions);
        await WaitForEmptyQueue();
        Assert.Equal("8 done", await Standing("p"));
    }

    [Fact]
    public async Task Of_what_can_not_be_helped_it_lets_go()
    {
        Project.Write("s.yaml", "experiment: s\ncommand: exit 3\n");
        await Project.Run("submit", "s.yaml", "--recover");
        await WaitForEmptyQueue();
        Assert.Equal("1 failed", await Standing("s"));
    }

    [Fact]
    public async Task Nothing_stays_behind_on_the_login_node()
    {
        Project.Write("s.yaml", "experiment: s\ncommand: sleep 600\n");
        await Project.Run("submit", "s.yaml", "--recover");
        // What runs on the nodes has Slurm's variables, too.
        var own = await Cluster.Shell(
            $"for one in $(grep -lsz 'EXPFLOW_CACHE={Project.Home}' /proc/[0-9]*/environ); do grep -qsz ^SLURM_JOB_ID= $one || echo $one; done"
        );
        Assert.Equal("", own);
    }

    // One of four asks for too little memory.
    private void WritePipeline() =>
        Project.Write(
            "p.yaml",
            $$$"""
            experiment: p
            sweep: {grid: {x: 0..3}}
            resources: {memory: 150M}
            stages:
              first:
                command: |
                  [ $EXPFLOW_ATTEMPT-{x} != 1-2 ] || {{{Hungry}}}
                  echo first-{x} >>{project.dir}/ledger
              second:
                needs: [first]
                command: echo second-{x} >>{project.dir}/ledger
            retry: {out_of_memory: {memory: x2, times: 3}}
            """
        );

    private async Task<string> Sentinels() =>
        (await Cluster.Shell("squeue -h -a -o '%i %j' | grep sentinel | cut -d' ' -f1")).Trim();
}
