using Expflow.EndToEnd.Guides;
using Xunit;

namespace Expflow.ClusterTests.Guides;

/// <summary>The guides that tell of Slurm: each of their commands does on a cluster what they say.</summary>
public sealed class GuideTests(Clusters clusters) : ClusterTest(clusters)
{
    public static TheoryData<string> Guides() => [.. GuideReader.OnSlurm];

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Every_command_of_a_guide_works_as_it_says(string guide)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Project.Home, "guide's examples")).FullName;
        var variables = new Dictionary<string, string>
        {
            ["SLURM_CONF"] = Cluster.SlurmConf,
            // Nobody else uses this cluster.
            ["EXPFLOW_SLURM_INTERVAL"] = "2",
        };
        await new GuideReader(Repository.Root, Repository.Binary, folder, variables).FollowAsync(guide);
    }
}
