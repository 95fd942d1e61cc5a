using System.Text.RegularExpressions;
using Expflow.Experiments;
using Expflow.Planning;
using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Examples;

/// <summary>Every experiment that the examples and the documents show can be read as it stands.</summary>
public sealed partial class ExampleFileTests : IDisposable
{
    private static readonly string Root = FindRoot();
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock { get; }

    public static TheoryData<string, string> Blocks()
    {
        var blocks = new TheoryData<string, string>();
        foreach (var document in (string[])["README.md", "docs/guide/experiment-files.md"])
        foreach (Match match in YamlBlock.Matches(File.ReadAllText(Path.Combine(Root, document))))
            blocks.Add(document, match.Groups["yaml"].Value);
        return blocks;
    }

    [Theory]
    [InlineData("examples/quickstart/digits.yaml", 36)]
    [InlineData("examples/failure/diverge.yaml", 6)]
    [InlineData("examples/kd-gat/kd-gat.yaml", 12)]
    [InlineData("examples/pi/pi.yaml", 72)]
    public void An_example_plans_its_runs(string file, int runs)
    {
        var experiment = Read(Path.Combine(Root, file));
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var expansion));
        Assert.True(RunPlanner.Plan(experiment, expansion.Points).TryGet(out var plan));
        Assert.Equal(runs, plan.Runs.Count);
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void An_experiment_in_a_document_can_be_read(string document, string yaml)
    {
        // Some blocks show one key only.
        var whole = yaml;
        if (!yaml.Contains("experiment:"))
            whole += "experiment: shown\n";
        if (!yaml.Contains("command:"))
            whole += "command: train {flags}\n";
        File.WriteAllText(folder["shown.yaml"], whole);

        Assert.True(Read(folder["shown.yaml"]).Stages.Count > 0, document);
    }

    private static Experiment Read(string file)
    {
        var read = new ExperimentReader(ProjectDefaults.None, new Dictionary<string, string>()).Read(
            file,
            Overrides.None
        );
        Assert.Empty(read.Problems);
        return read.TryGet(out var experiment) ? experiment : throw new System.Diagnostics.UnreachableException();
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Expflow.slnx")))
                return folder;
        throw new InvalidOperationException("No 'Expflow.slnx' above the tests.");
    }
}
