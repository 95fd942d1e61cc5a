using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Why runs wait, in words.</summary>
public sealed class ReasonTests(Clusters clusters) : EndingTest(clusters)
{
    [Fact]
    public async Task A_job_that_its_user_holds()
    {
        await Cluster.Sbatch("-N4 --exclusive", "sleep 60");
        var job = await Send("command: 'true'");
        await Cluster.Shell($"scontrol uhold {job}");
        await WaitForReason("JobHeldUser", "held by its user (scontrol release)");
    }

    [Fact]
    public async Task Jobs_that_wait_for_room_and_for_their_turn()
    {
        await Cluster.Sbatch("-N4 --exclusive", "sleep 60");
        await Send("command: 'true'\nresources: {cpus: 8}");
        await WaitForReason("Resources", "the resources that it needs are in use; it is next in its partition");
        await Cluster.Sbatch("-N4 --exclusive --priority=4000000000", "true");
        await WaitForReason("Priority", "jobs of higher priority are ahead");
    }

    [Fact]
    public async Task Jobs_that_wait_for_their_QOS()
    {
        await Cluster.AddQos("one", "MaxJobsPerUser=1");
        await Cluster.Set("AccountingStorageEnforce=associations,limits,qos");
        await Send("sweep: {grid: {x: [0, 1]}}\ncommand: sleep 6{x}\nresources: {qos: one}");
        await WaitForReason("QOSMaxJobsPerUserLimit", "QOS", run: 1);
    }

    [Fact]
    public async Task A_job_whose_time_limit_is_above_the_partitions()
    {
        await Cluster.Sbatch("-N4 --exclusive", "sleep 60");
        await Send("command: 'true'\nresources: {partition: short, walltime: 10m}");
        await Cluster.Shell("scontrol update PartitionName=short MaxTime=5");
        await WaitForReason("PartitionTimeLimit", "its time limit is above the partition's");
    }

    private async Task WaitForReason(string reason, string words, int run = 0)
    {
        await WaitFor($"{reason} is told", async () => (await Look())[run].SlurmReason == reason);
        Assert.Contains(words, (await Project.Run("status", "s", "--refresh")).Out);
        Assert.Contains(words, await Explain((await Look())[run].Id));
    }
}
