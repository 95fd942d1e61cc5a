using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>Recovery that is called twice, dies in the middle, or can't reach Slurm: nothing is doubled, and nothing lost.</summary>
public sealed class RepeatTests(Clusters clusters) : RecoveryTest(clusters)
{
    [Fact]
    public async Task Shown_it_changes_nothing_and_done_twice_it_is_done_once()
    {
        await FailAtFirst();
        var (queue, journal) = (await Queue(), Journal());
        Assert.Equal(["again first: 2", "follow second: 2"], (await Recover("r", "--dry-run")).Decisions);
        Assert.Equal((queue, journal), (await Queue(), Journal()));
        Assert.Equal("4 runs in 2 job arrays", (await Recover("r")).Outcome.Split(':')[0]);
        var again = await Recover("r");
        Assert.Equal(("", 0), (again.Outcome, again.Decisions.Count));
        await AllIsDoneOnce();
    }

    [Fact]
    public async Task Two_at_once_act_once()
    {
        await FailAtFirst();
        var both = await Task.WhenAll(Recover("r"), Recover("r"));
        Assert.Single(both, one => one.Outcome != "");
        await AllIsDoneOnce();
    }

    [Theory]
    [InlineData("before the first", "[ -e mark ] && exec $REAL \"$@\"; touch mark; kill -9 $PPID")]
    [InlineData("after the first", "$REAL \"$@\"; [ -e mark ] || kill -9 $PPID; touch mark")]
    [InlineData("before the second", "[ -e mark ] && kill -9 $PPID; touch mark; exec $REAL \"$@\"")]
    public async Task Killed_in_the_middle_it_is_carried_on_by_the_next(string when, string sbatch)
    {
        await FailAtFirst();
        Replace("sbatch", $"cd '{Project.Home}'; {sbatch}");
        Assert.True((await Project.Run("recover", "r")).Code == 137, when);
        Restore();
        if ((await Recover("r")).Outcome.Contains("in doubt"))
            await LetThreeMinutesPass();
        await AllIsDoneOnce();
    }

    [Fact]
    public async Task With_the_controller_down_nothing_is_half_done()
    {
        await FailAtFirst();
        await Cluster.Stop("slurmctld");
        var ended = await Project.Run("recover", "r");
        Assert.Equal(2, ended.Code);
        Assert.Contains("Nothing was", ended.Error);
        await Cluster.Start("slurmctld");
        await Recover("r");
        await AllIsDoneOnce();
    }

    [Fact]
    public async Task With_the_accounting_down_it_goes_by_what_the_agents_saw()
    {
        await Cluster.Stop("slurmdbd");
        await FailAtFirst();
        Assert.Equal(["again first: 2", "follow second: 2"], (await Recover("r")).Decisions);
        await AllIsDoneOnce();
    }

    [Fact]
    public async Task What_the_site_refuses_is_told_and_tried_again_by_the_next()
    {
        await FailAtFirst();
        Replace(
            "sbatch",
            "echo 'sbatch: error: Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit)' >&2; exit 1"
        );
        var refused = await Project.Run("recover", "r");
        Assert.Equal(2, refused.Code);
        Assert.Contains(
            "Slurm refuses stage 'first': Batch job submission failed: Requested time limit is invalid",
            refused.Error
        );
        Assert.Contains("resources.walltime", refused.Error);
        Restore();
        Assert.Equal(["follow second: 2", "send first: 2"], (await Recover("r")).Decisions);
        await AllIsDoneOnce();
    }

    // Two chains of two, of which each first run fails once.
    private async Task FailAtFirst()
    {
        Project.Write(
            "r.yaml",
            """
            experiment: r
            sweep: {grid: {x: 0..1}}
            resources: {memory: 100M, walltime: 5m}
            stages:
              first: {command: '[ $EXPFLOW_ATTEMPT != 1 ] || exit 3{x}; echo first-{x} >>{project.dir}/ledger'}
              second: {needs: [first], command: 'echo second-{x} >>{project.dir}/ledger'}
            retry: {failed: {times: 1}}
            """
        );
        await Submit("r.yaml");
        await WaitUntilQuiet();
    }

    // A call of sbatch that was under way may still arrive, and is waited for.
    private async Task LetThreeMinutesPass()
    {
        foreach (var file in Directory.GetFiles(Project[".expflow/journal"], "*.jsonl"))
            await Project.Shell(
                $"sed -i -E '/array_intended/s/\"at\":\"20../\"at\":\"2001/' '{file.Replace("'", "'\\''")}'"
            );
        Directory.Delete(Path.Combine(Project.Home, "cache"), recursive: true);
        await Recover("r");
    }

    private async Task AllIsDoneOnce()
    {
        await WaitForEmptyQueue();
        Assert.Equal("4 done", await Standing("r"));
        Assert.Equal("first-0 first-1 second-0 second-1", Ledger);
    }

    private long Journal() => Directory.GetFiles(Project[".expflow/journal"]).Sum(file => new FileInfo(file).Length);
}
