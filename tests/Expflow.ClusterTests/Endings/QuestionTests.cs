using System.Text.RegularExpressions;
using Xunit;

namespace Expflow.ClusterTests.Endings;

/// <summary>How often the controller is asked about jobs, by its own count.</summary>
public sealed partial class QuestionTests(Clusters clusters) : EndingTest(clusters)
{
    [GeneratedRegex(@"REQUEST_JOB_(?:USER_)?INFO\w*.*count:(\d+)")]
    private static partial Regex Asked { get; }

    [Fact]
    public async Task One_question_for_each_live_array_and_refresh_and_none_within_the_interval()
    {
        await SendAll(
            NothingStarts
                + """
                sweep: {grid: {x: 0..19}}
                stages:
                  a: {command: 'echo {x}'}
                  b: {command: 'echo {x}', needs: [a]}
                """
        );
        Project.Variables["EXPFLOW_SLURM_INTERVAL"] = "3600";
        await Cluster.Shell("sdiag -r");
        await Look();
        Assert.Equal(2, await Questions());
        await Task.WhenAll(
            Project.Run("status", "s"),
            Project.Run("status", "s", "--json"),
            Project.Run("explain", "s", "a", "x=3")
        );
        Assert.Equal(2, await Questions());
        await Look();
        Assert.Equal(4, await Questions());
    }

    [Fact]
    public async Task What_is_over_is_not_asked_about()
    {
        await Send("command: 'true'");
        await WaitForStates("done");
        await Cluster.Shell("sdiag -r");
        await Look();
        Assert.Equal(0, await Questions());
    }

    // Requests of all kinds that have the controller look through its jobs.
    private async Task<int> Questions()
    {
        var types = (await Cluster.Shell("sdiag")).Split("Remote Procedure Call statistics by user")[0];
        return Asked.Matches(types).Sum(one => int.Parse(one.Groups[1].ValueSpan));
    }
}
