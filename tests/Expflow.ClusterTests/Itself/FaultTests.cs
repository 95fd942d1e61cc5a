using Xunit;

namespace Expflow.ClusterTests.Itself;

/// <summary>That the cluster breaks as real ones do, and comes back.</summary>
public sealed class FaultTests(Clusters clusters) : ClusterTest(clusters)
{
    [Fact]
    public async Task A_power_cut_takes_the_job_with_it_and_a_requeued_one_runs_elsewhere()
    {
        var gone = await Cluster.Sbatch("--no-requeue -w cpu02", "sleep 600");
        var moved = await Cluster.Sbatch("--requeue", "[ $SLURMD_NODENAME != cpu02 ] || sleep 600");
        await Cluster.WaitForState($"{gone},{moved}", "RUNNING");
        await Cluster.PowerCut("cpu02");
        await Cluster.WaitForState(gone, "NODE_FAIL");
        await Cluster.WaitForState(moved, "COMPLETED");
        Assert.DoesNotContain("sleep 600", await Cluster.Exec("head", "ps", "-ef"));
    }

    [Fact]
    public async Task A_restart_of_the_controller_loses_no_job()
    {
        var job = await Cluster.Sbatch("", "sleep 3");
        await Cluster.WaitForState(job, "RUNNING");
        await Cluster.Stop("slurmctld");
        await Cluster.Start("slurmctld");
        await Cluster.WaitForState(job, "COMPLETED");
    }

    [Fact]
    public async Task Jobs_run_while_accounting_is_down_and_are_accounted_later()
    {
        await Cluster.Stop("slurmdbd");
        Assert.NotEqual(0, (await Cluster.Try("sacct -X -n -j 1")).Code);
        var job = await Cluster.Sbatch("", "exit 3");
        await Cluster.WaitForState(job, "FAILED");
        await Cluster.Start("slurmdbd");
        await WaitFor("sacct knows", async () => await Cluster.Sacct(job, "State,ExitCode") == "FAILED|3:0");
    }

    [Fact]
    public async Task A_job_over_its_memory_is_killed()
    {
        var job = await Cluster.Sbatch("--mem=60M", "x=a; while :; do x=$x$x; sleep 0.1; done");
        await Cluster.WaitForState(job, Cluster.KernelKills ? "OUT_OF_MEMORY" : "FAILED");
        var told = Cluster.KernelKills ? "OUT_OF_MEMORY|0:125" : "FAILED|0:9";
        await WaitFor("sacct knows", async () => await Cluster.Sacct(job, "State,ExitCode") == told);
    }

    [Fact]
    public async Task A_drained_node_takes_no_more_jobs()
    {
        await Cluster.Shell("scontrol update NodeName=cpu01 State=DRAIN Reason=test");
        var job = await Cluster.Sbatch("-w cpu01", "true");
        await WaitFor(
            "it waits for the node",
            async () => (await Cluster.Shell($"squeue -h -j {job} -o %r")).Contains("ReqNodeNotAvail")
        );
    }
}
