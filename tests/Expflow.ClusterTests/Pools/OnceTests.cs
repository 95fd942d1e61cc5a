using Xunit;

namespace Expflow.ClusterTests.Pools;

/// <summary>Allocations are asked for once, whatever happens to the command that asks; and pools keep to themselves.</summary>
public sealed class OnceTests(Clusters clusters) : PoolTest(clusters)
{
    [Fact]
    public async Task One_whose_sbatch_gives_no_answer_is_found_and_adopted()
    {
        Project.Variables["EXPFLOW_SLURM_TIMEOUT"] = "5";
        Replace("sbatch", "$REAL \"$@\" > /dev/null; sleep 60");
        var job = await Start("--allocations", "2", "--workers", "1", "--max-hours", "1");
        Restore();
        Assert.Equal([job], await QueuedJobs());
        await WaitFor("both are at work", async () => (await LookAtPool()).Workers == 2);
    }

    [Fact]
    public async Task One_that_a_killed_command_left_behind_is_taken_back_by_the_next()
    {
        Replace("sbatch", "$REAL \"$@\"; kill -9 $PPID; sleep 1");
        Assert.NotEqual(0, (await Project.Run("pool", "start", "--workers", "1", "--max-hours", "1")).Code);
        Restore();
        var left = Assert.Single(await QueuedJobs());
        var job = await Start("--workers", "1", "--max-hours", "1");
        await WaitFor("only the new one is left", async () => await QueuedJobs() is [var only] && only == job);
        Assert.NotEqual(left, job);
        await WaitFor("it is at work", async () => (await LookAtPool()).Workers == 1);
    }

    [Fact]
    public async Task Two_pools_at_once_each_carry_out_their_own()
    {
        await Give($"command: 'echo {{x}}; {Done}'\n{Sweep(8)}");
        Project.Write("t.yaml", $"experiment: t\nsnapshot: off\ncommand: 'echo {{x}}; {Done}'\n{Sweep(8)}\n");
        Assert.Contains("pool 'other'", (await Project.Run("submit", "t.yaml", "--pool", "other")).Text);
        await Start("--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("8 done");
        await WaitUntilOver();
        Assert.Equal("8 pending", await Standing("t"));
        await Start("other", "--workers", "2", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("8 done", experiment: "t");
        AssertOnceEach(16);
    }
}
