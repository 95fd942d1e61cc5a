using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>More runs than a user may have in the queue: they go out in portions, each sent by a job when the one before has ended.</summary>
public sealed class PortionTests(Clusters clusters) : RecoveryTest(clusters)
{
    [Fact]
    public async Task Runs_beyond_the_limit_follow_by_themselves_and_foreign_jobs_count()
    {
        await Limit(20);
        var foreign = await HoldForeign(3);
        Write("0..29");
        var sent = await Submit("s.yaml");
        Assert.Equal("0-15", sent.Arrays.Single().Indices);
        await WaitForForeignOnly(foreign);
        Assert.Equal("30 done", await Standing("s"));
    }

    [Fact]
    public async Task Chains_go_out_point_by_point()
    {
        await Limit(9);
        Project.Write(
            "s.yaml",
            """
            experiment: s
            sweep: {grid: {x: 0..5}}
            resources: {memory: 100M}
            stages:
              first: {command: 'echo first-{x} >>{project.dir}/ledger'}
              second: {needs: [first], command: 'echo second-{x} >>{project.dir}/ledger'}
            """
        );
        var sent = await Submit("s.yaml");
        Assert.Equal(["0-3", "0-3"], sent.Arrays.Select(array => array.Indices));
        await WaitForEmptyQueue(90);
        Assert.Equal("12 done", await Standing("s"));
        Assert.Equal(12, Ledger.Split(' ').Length);
    }

    [Fact]
    public async Task A_limit_that_is_lowered_meanwhile_is_kept_to()
    {
        await Limit(12);
        Write("0..19");
        Assert.Equal("0-10", (await Submit("s.yaml")).Arrays.Single().Indices);
        await Limit(6);
        await WaitForEmptyQueue(90);
        Assert.Equal("20 done", await Standing("s"));
    }

    [Fact]
    public async Task Without_any_room_nothing_goes_out_and_nothing_is_lost()
    {
        await Limit(3);
        var foreign = await HoldForeign(3);
        Write("0..1");
        var ended = await Project.Run("submit", "s.yaml");
        Assert.True(ended.Code == 0, ended.All);
        Assert.Contains("0 go out now and 2 later", ended.Out);
        Assert.Contains("There was no room for the job that sends the other 2 out", ended.Out);
        await Cluster.Shell($"scancel {string.Join(' ', foreign)}");
        await WaitForEmptyQueue();
        Assert.Equal(["send main: 2"], (await Recover("s")).Decisions);
        await WaitForEmptyQueue();
        Assert.Equal("2 done", await Standing("s"));
    }

    private async Task Limit(int jobs)
    {
        await Cluster.SetUser("root", "root", $"MaxSubmitJobs={jobs}");
        await Cluster.Set("AccountingStorageEnforce=associations,limits,qos");
    }

    private void Write(string x) =>
        Project.Write(
            "s.yaml",
            $$"""
            experiment: s
            sweep:
              grid:
                x: {{x}}
            command: echo {x}
            resources: {memory: 100M}
            """
        );

    private async Task<string[]> HoldForeign(int jobs)
    {
        var ids = new List<string>();
        for (var job = 0; job < jobs; job++)
            ids.Add(await Cluster.Sbatch("--hold", "true"));
        return [.. ids];
    }

    private Task WaitForForeignOnly(string[] foreign) =>
        WaitFor(
            "only foreign jobs are left",
            async () => (await Queue("%i")).Split('\n').Order().SequenceEqual(foreign.Order()),
            90
        );
}
