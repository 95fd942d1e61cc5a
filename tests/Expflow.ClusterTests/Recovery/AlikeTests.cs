using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>When the first runs of a stage die alike within seconds, the rest is held: as whole arrays, which an array survives in one piece.</summary>
public sealed class AlikeTests(Clusters clusters) : RecoveryTest(clusters)
{
    [Fact]
    public async Task The_rest_of_a_stage_is_held_as_one_array_and_told_and_let_go_on_request()
    {
        var job = await ThreeDie();
        var recovered = await Recover("a");
        Assert.Equal("main hold main: 7", $"{recovered.Held.Single()} {recovered.Decisions.Single()}");
        // In the name of root it is the administrator who holds.
        Assert.Matches($@"^{job}_\[6-9%3\] JobHeld(User|Admin)$", await Waiting());
        Assert.Contains("held", (await Project.Run("status", "a", "--refresh")).Out);
        Assert.Contains("its stage was held", await Explain("a", "main", "x=7"));
        Assert.Equal("", (await Recover("a")).Outcome);
        Project.Write("go", "");
        await Recover("a", "--all");
        await WaitForEmptyQueue();
        Assert.Equal("7 done 3 failed", await Standing("a"));
    }

    [Fact]
    public async Task Once_the_first_ones_come_through_after_a_retry_the_rest_is_let_go()
    {
        await ThreeDie();
        await Recover("a");
        Project.Write("go", "");
        Project.Write("mended", "");
        Assert.Equal(0, (await Project.Run("retry", "a")).Code);
        await WaitFor("they are done", async () => await Standing("a") == "6 done 4 pending");
        Assert.Equal(["release main: 4"], (await Recover("a")).Decisions);
        await WaitForEmptyQueue();
        Assert.Equal("10 done", await Standing("a"));
    }

    // Of ten at most three run at once: 0 to 2 die, 3 to 5 wait for a file.
    private async Task<string> ThreeDie()
    {
        Project.Write(
            "a.yaml",
            """
            experiment: a
            sweep: {grid: {x: 0..9}}
            command: |
              [ {x} -gt 2 ] || [ -e {project.dir}/mended ] || exit 3
              while [ ! -e {project.dir}/go ]; do sleep 0.1; done
            resources: {memory: 100M}
            slurm: {throttle: 3}
            """
        );
        var job = (await Submit("a.yaml")).Job;
        await WaitFor(
            "three run and three have failed",
            async () => await Standing("a") == "3 failed 3 running 4 pending"
        );
        return job;
    }

    private async Task<string> Waiting() => await Cluster.Shell("squeue -h -t PD -o '%i %r'");
}
