using Expflow.Experiments;
using Expflow.Scaffolds;
using Xunit;

namespace Expflow.Tests.Scaffolds;

/// <summary>The project file that init writes.</summary>
public sealed class ProjectScaffoldTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_is_known_of_the_cluster_stands_there_as_comments_and_says_nothing_to_the_reader()
    {
        new ProjectScaffold(folder.Path).Write("{}", "Partitions:", "  cpu", "");
        var text = File.ReadAllText(folder["expflow.yaml"]);
        Assert.EndsWith("\n\n# Partitions:\n#   cpu\n#\n", text, StringComparison.Ordinal);
        Assert.True(ProjectDefaults.Read(folder["expflow.yaml"]).TryGet(out var defaults));
        Assert.Same(ProjectDefaults.None, defaults);
    }

    [Fact]
    public void A_file_that_is_there_stays_as_it_is()
    {
        File.WriteAllText(folder["expflow.yaml"], "project: mine\n");
        Assert.True(new ProjectScaffold(folder.Path).IsThere);
        new ProjectScaffold(folder.Path).Write("{}", "Partitions:");
        Assert.Equal("project: mine\n", File.ReadAllText(folder["expflow.yaml"]));
    }

    public void Dispose() => folder.Dispose();
}
