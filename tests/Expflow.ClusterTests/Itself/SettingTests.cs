using Xunit;

namespace Expflow.ClusterTests.Itself;

/// <summary>That the cluster can be made as other sites have theirs, and is the same for every test.</summary>
public sealed class SettingTests(Clusters clusters) : ClusterTest(clusters)
{
    [Fact]
    public async Task A_setting_is_in_force_at_once_and_gone_after_a_reset()
    {
        await Cluster.Set("MaxArraySize=50");
        Assert.Contains("Invalid job array", (await Cluster.Try("sbatch -o /dev/null --array=0-50 --wrap true")).Error);
        await Cluster.Sbatch("--array=0-49", "sleep 5");
        await Cluster.Reset();
        Assert.Equal("", await Cluster.Shell("squeue -h"));
        await Cluster.Sbatch("--array=0-50", "true");
    }

    [Fact]
    public async Task Sbatch_waits_while_MaxJobCount_is_reached_and_finished_jobs_count()
    {
        await Cluster.ForgetFinished();
        await Cluster.Set("MaxJobCount=11", "MinJobAge=300");
        var done = await Cluster.Sbatch("--array=0-9", "true");
        await Cluster.WaitForState(done, "COMPLETED");
        var refused = await Cluster.Try("timeout 2 sbatch -o /dev/null --wrap true");
        Assert.Contains("temporarily unable to accept job", refused.Error);
    }

    [Fact]
    public async Task Finished_jobs_are_purged_after_MinJobAge()
    {
        var job = await Cluster.Sbatch("", "true");
        await Cluster.WaitForState(job, "COMPLETED");
        await Cluster.ForgetFinished();
        Assert.Contains("Invalid job id", (await Cluster.Try($"squeue -j {job}")).Error);
    }

    [Fact]
    public async Task Limits_of_users_and_QOS_hold_and_are_gone_after_a_reset()
    {
        await Cluster.SetUser("root", "root", "MaxSubmitJobs=2");
        await Cluster.AddQos("one", "MaxJobsPerUser=1");
        await Cluster.Set("AccountingStorageEnforce=associations,limits,qos");
        await Cluster.Sbatch("--qos one", "sleep 60");
        var waits = await Cluster.Sbatch("--qos one", "true");
        Assert.Contains("AssocMaxSubmitJobLimit", (await Cluster.Try("sbatch -o /dev/null --wrap true")).Error);
        await WaitFor(
            "it waits for the QOS",
            async () => await Cluster.Shell($"squeue -h -j {waits} -o %r") == "QOSMaxJobsPerUserLimit"
        );
        await Cluster.Reset();
        Assert.Equal("normal", await Cluster.Shell("sacctmgr -nP show qos format=Name"));
        await Cluster.Sbatch("--array=0-9", "true");
    }

    [Fact]
    public async Task The_binary_finds_the_cluster() =>
        Assert.Contains("cpu01", (await Project.Shell("expflow --version && sinfo -h -N")).Text);
}
