using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>Runs that need more memory than they asked for.</summary>
public sealed class MemoryTests(Clusters clusters) : RecoveryTest(clusters)
{
    private const string TwiceAsMuch = "retry: {out_of_memory: {memory: x2, times: 3}}\n";

    [Fact]
    public async Task Memory_is_doubled_until_it_is_enough()
    {
        Project.Write("m.yaml", $"experiment: m\ncommand: {Hungry}\nresources: {{memory: 150M}}\n{TwiceAsMuch}");
        await Submit("m.yaml");
        var asked = new List<string>();
        while (await IsLeft())
        {
            asked.Add((await Recover("m")).Arrays.Single().Memory);
        }
        Assert.Equal("1 done", await Standing("m"));
        Assert.Equal("300M", asked[0]);
        Assert.InRange(asked.Count, 1, 3);
    }

    [Fact]
    public async Task Runs_that_failed_alike_go_out_again_as_one_array_and_others_as_another()
    {
        Project.Write(
            "m.yaml",
            """
            experiment: m
            sweep: {grid: {x: 0..4}}
            command: case $EXPFLOW_ATTEMPT-{x} in 1-0) exit 3;; 1-*) x=$(head -c 200000000 /dev/zero | tr '\0' x);; esac
            resources: {memory: 150M}
            retry: {out_of_memory: {memory: x2, times: 3}, failed: {times: 1}}
            """
        );
        await Submit("m.yaml");
        await WaitForEmptyQueue();
        var recovered = await Recover("m");
        Assert.Equal(["again main: 5"], recovered.Decisions);
        Assert.Equal("5 runs in 2 job arrays", recovered.Outcome.Split(':')[0]);
        await WaitForEmptyQueue();
        Assert.Equal("5 done", await Standing("m"));
        var memory = recovered.Arrays.Single(array => array.Cause == "out_of_memory");
        Assert.Equal((4, "300M"), (memory.Runs, memory.Memory));
    }

    [Fact]
    public async Task No_more_memory_is_asked_for_than_a_node_has()
    {
        await Cluster.Shell("scontrol update PartitionName=cpu MaxMemPerNode=250");
        Project.Write(
            "m.yaml",
            $"experiment: m\ncommand: {Hungry}; {Hungry}$x$x$x\nresources: {{memory: 200M}}\n{TwiceAsMuch}"
        );
        await Submit("m.yaml");
        await WaitForEmptyQueue();
        Assert.Equal("250M", (await Recover("m")).Arrays.Single().Memory);
        await WaitForEmptyQueue();
        var left = await Recover("m");
        Assert.Equal(["leave main: 1"], left.Decisions);
        Assert.Matches("(had 250M|held .*), and 250M is the most that it can be given", left.Reasons.Single());
        Assert.Contains("250M is the most", await Explain("m", "main"));
    }

    [Fact]
    public async Task More_memory_comes_with_more_CPUs_where_the_site_ties_them()
    {
        await Cluster.Shell("scontrol update PartitionName=cpu MaxMemPerCPU=150");
        Project.Write(
            "m.yaml",
            $"experiment: m\ncommand: {Hungry}\nresources: {{memory: 150M, cpus: 1}}\nretry: {{out_of_memory: {{memory: x4, times: 1}}}}\n"
        );
        await Submit("m.yaml");
        await WaitForEmptyQueue();
        var again = await Recover("m");
        var job = await Show(JobOf(again));
        Assert.Equal(("600M", "4"), (job["MinMemoryNode"], job["CPUs/Task"]));
        await WaitForEmptyQueue();
        Assert.Equal("1 done", await Standing("m"));
    }

    private async Task<bool> IsLeft()
    {
        await WaitForEmptyQueue();
        return await Standing("m") == "1 failed";
    }

    private static string JobOf(Recovered recovered)
    {
        Assert.Matches(@"^1 run in 1 job array: \d+\.$", recovered.Outcome);
        return recovered.Outcome.Split(' ')[^1].TrimEnd('.');
    }
}
