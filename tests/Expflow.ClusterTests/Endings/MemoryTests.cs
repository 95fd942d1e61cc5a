using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>Runs that need more memory than they asked for.</summary>
public sealed class MemoryTests(Clusters clusters) : EndingTest(clusters)
{
    // Holds 150 MB for a while: slurmd, where it polls, looks now and then.
    private const string Hungry = """
        command: |
          held=$( (head -c 150000000 /dev/zero; sleep 3) | tail -c 150000000 | wc -c); [ $held = 150000000 ]
        resources: {memory: 120M}
        """;

    [Fact]
    public async Task Out_of_memory_is_told_and_the_next_attempt_has_more()
    {
        await Send(Hungry);
        var run = await WaitForStates("failed");
        Assert.Equal(("out_of_memory", 1), (run.Cause, run.Attempt));
        Assert.StartsWith("out of memory: asked for 120M", run.Reason);
        Assert.Equal("again: out_of_memory", await Recover());
        Assert.Contains("with 240M of memory", await Explain());
        await WaitForStates("done");
        Assert.Equal("1 failed: out_of_memory, 2 done", await Story());
    }

    [Fact]
    public async Task An_agent_that_is_killed_with_its_command_for_memory_is_told_by_the_accounting()
    {
        Assert.SkipUnless(Cluster.KernelKills, "where slurmd polls, no state says that memory was the reason");
        // The kernel is told whom to take first.
        await Send(
            """
            command: |
              for agent in $(pgrep -f '[e]xpflow agent'); do echo 1000 > /proc/$agent/oom_score_adj; done
              head -c 150000000 /dev/zero | tail -c 150000000 | wc -c; sleep 60
            resources: {memory: 120M}
            """
        );
        Assert.Equal("out_of_memory", (await WaitForStates("failed")).Cause);
    }
}
