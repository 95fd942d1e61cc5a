using System.Text.RegularExpressions;
using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>How often a submission asks the controller, as <c>sdiag</c> counts it.</summary>
public sealed partial class RequestCountTests(Clusters clusters) : SubmissionTest(clusters)
{
    // What clients ask, and not what nodes and the accounting tell of their own accord.
    [GeneratedRegex(@"REQUEST_((?:SUBMIT|UPDATE|JOB|SUSPEND|BUILD|KILL|CANCEL|PARTITION|NODE_INFO)\w*).*count:(\d+)")]
    private static partial Regex Asked { get; }

    [Fact]
    public async Task A_pipeline_takes_two_requests_a_stage_and_five_to_look_at_the_site()
    {
        Copy("kd-gat");
        Project.Write("expflow.yaml", NothingStarts);
        await Cluster.Shell("sdiag -r");
        await Submit("kd-gat.yaml");
        Assert.Equal("BUILD_INFO=1 NODE_INFO=1 PARTITION_INFO=2 SUBMIT_BATCH_JOB=3 UPDATE_JOB=3", await Requests());
    }

    [Fact]
    public async Task However_many_runs_an_array_has_it_is_submitted_and_released_by_one_request_each()
    {
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("many.yaml", "experiment: many\nsweep: {grid: {x: 1..2000}}\ncommand: echo {x}\n");
        await Cluster.Shell("sdiag -r");
        Assert.Equal(2000, (await Submit("many.yaml", "--yes")).New);
        Assert.EndsWith("SUBMIT_BATCH_JOB=1 UPDATE_JOB=1", await Requests());
    }

    private async Task<string> Requests()
    {
        var types = (await Cluster.Shell("sdiag")).Split("Remote Procedure Call statistics by user")[0];
        return string.Join(' ', Asked.Matches(types).Select(one => $"{one.Groups[1]}={one.Groups[2]}").Order());
    }
}
