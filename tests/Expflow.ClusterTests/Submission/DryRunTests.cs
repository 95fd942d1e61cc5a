using System.Text.RegularExpressions;
using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>That what a submission would do is shown as it would be done, and that nothing else happens.</summary>
public sealed partial class DryRunTests(Clusters clusters) : SubmissionTest(clusters)
{
    [GeneratedRegex(@"\d{8}-\d{9}-[0-9a-f]{8}")]
    private static partial Regex ArrayId { get; }

    [Fact]
    public async Task It_writes_nothing_and_sends_nothing()
    {
        Copy("kd-gat");
        var before = Tree();
        var said = (await Project.Run("submit", "kd-gat.yaml", "--dry-run")).Text;
        Assert.Equal(before, Tree());
        Assert.Equal("", await Queue());
        Assert.Contains("480 CPU-hours", said);
        Assert.Contains("--dependency=aftercorr:<vgae>,aftercorr:<curriculum>", said);
        Assert.DoesNotContain("submitted", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Its_scripts_are_those_that_Slurm_gets()
    {
        Copy("kd-gat");
        Project.Write("expflow.yaml", NothingStarts);
        var said = (await Project.Run("submit", "kd-gat.yaml", "--dry-run")).Text;
        var shown = said.Split("<<'SCRIPT'\n").Skip(1).Select(part => part[..part.IndexOf("SCRIPT\n")]);
        var sent = await Submit("kd-gat.yaml");
        var real = new List<string>();
        foreach (var array in sent.Arrays)
            real.Add((await Cluster.Shell($"scontrol write batch_script {array.Job} -")).Trim());
        Assert.Equal(real.Select(WithoutId), shown.Select(script => WithoutId(script.Trim())));
    }

    [Fact]
    public async Task Much_is_not_submitted_without_a_word_from_the_user()
    {
        Project.Write("expflow.yaml", NothingStarts);
        Project.Write("much.yaml", "experiment: much\nsweep: {grid: {x: 0..1200}}\ncommand: echo {x}\n");
        Assert.Contains("'--yes'", await FailToSubmit("much.yaml"));
        Assert.Equal("", await Queue());
        Assert.Equal(1201, (await Submit("much.yaml", "--yes")).New);
    }

    private static string WithoutId(string script) => ArrayId.Replace(script, "ID");

    private string[] Tree() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Project.Root, "*", SearchOption.AllDirectories)
                .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")
                .Order(),
        ];
}
