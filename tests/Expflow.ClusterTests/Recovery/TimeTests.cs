using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>Runs that need more time than they asked for. Slurm looks at its limits every 30 s, and so long they take.</summary>
public sealed class TimeTests(Clusters clusters) : RecoveryTest(clusters)
{
    [Fact]
    public async Task Out_of_time_a_run_goes_on_from_its_checkpoint_with_what_the_partition_allows_and_one_without_is_left()
    {
        Project.Write(
            "t.yaml",
            """
            experiment: t
            sweep: {grid: {saves: [true, false]}}
            command: |
              if [ -s "$EXPFLOW_CHECKPOINTS/step" ]; then echo "from $(cat "$EXPFLOW_CHECKPOINTS/step")" >>{project.dir}/ledger; exit; fi
              [ {saves} = false ] || echo 7 >"$EXPFLOW_CHECKPOINTS/step"
              echo begun >>{project.dir}/ledger
              sleep 600
            resources: {partition: short, walltime: 8m, memory: 100M}
            """
        );
        var sent = await Submit("t.yaml");
        await WaitFor("both run", () => Ledger == "begun begun");
        await Cluster.RunOutOfTime($"{sent.Job}_0");
        await Cluster.RunOutOfTime($"{sent.Job}_1");
        await WaitForEmptyQueue(90);
        var recovered = await Recover("t");
        Assert.True(recovered.Decisions is ["again main: 1", "leave main: 1"], string.Join('\n', recovered.Reasons));
        Assert.Equal("00:10:00", recovered.Arrays.Single().Walltime);
        Assert.Contains("saved no checkpoint", string.Join(' ', recovered.Reasons));
        await WaitForEmptyQueue();
        Assert.Equal(
            "begun begun from 7",
            string.Join(' ', Project.Read("ledger").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        );
        Assert.Equal("1 done 1 failed", await Standing("t"));
    }

    [Fact]
    public async Task Out_of_time_at_the_longest_that_the_partition_allows_a_run_without_checkpoint_is_left()
    {
        Project.Write(
            "t.yaml",
            """
            experiment: t
            command: echo begun >{project.dir}/ledger; sleep 600
            resources: {partition: short, walltime: 10m}
            retry: {timed_out: {walltime: x1.5, times: 2}}
            """
        );
        var sent = await Submit("t.yaml");
        await WaitFor("it runs", () => Ledger == "begun");
        await Cluster.RunOutOfTime(sent.Job);
        await WaitForEmptyQueue(90);
        var recovered = await Recover("t");
        Assert.Equal(["leave main: 1"], recovered.Decisions);
        Assert.Contains(
            "it had 00:10:00, and 00:10:00 is the longest that it can be given",
            recovered.Reasons.Single()
        );
    }
}
