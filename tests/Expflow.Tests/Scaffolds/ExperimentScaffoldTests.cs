using Expflow.Experiments;
using Expflow.Scaffolds;
using Xunit;

namespace Expflow.Tests.Scaffolds;

public sealed class ExperimentScaffoldTests
{
    public static TheoryData<string, string, string> Scaffolds()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var template in ExperimentScaffold.Templates)
        foreach (var name in (string[])["digits", "007", "1e5", "true", "on", "a.b-c_d"])
            data.Add(template, name, "It's \"quoted\": #1, \\ é 🎉\nand\tmore\u0001");
        return data;
    }

    [Theory]
    [MemberData(nameof(Scaffolds))]
    public void Every_template_is_a_valid_file_whatever_name_and_description(
        string template,
        string name,
        string description
    )
    {
        using var folder = new TemporaryFolder();
        var scaffold = new ExperimentScaffold
        {
            Name = name,
            Template = template,
            Description = description,
            Tags = ["pilot", "a: b", "# c"],
            Schema = "../expflow.schema.json",
        };
        Assert.True(scaffold.Text().TryGet(out var text));
        Assert.StartsWith("# yaml-language-server: $schema=../expflow.schema.json\n", text, StringComparison.Ordinal);
        File.WriteAllText(folder["e.yaml"], text);
        var read = new ExperimentReader(ProjectDefaults.None, new Dictionary<string, string>()).Read(
            folder["e.yaml"],
            Overrides.None
        );
        Assert.True(read.TryGet(out var experiment), string.Join('\n', read.Problems));
        Assert.Equal(name, experiment.Name);
        Assert.Equal(description, experiment.Description);
        Assert.Equal(["pilot", "a: b", "# c"], experiment.Tags);
    }

    [Theory]
    [InlineData("a/b", "sweep", "'a/b' is no name for an experiment.")]
    [InlineData("", "sweep", "'' is no name for an experiment.")]
    [InlineData("x", "sweeps", "'sweeps' is no template. Did you mean 'sweep'?")]
    [InlineData("x", "grid", "'grid' is no template. There is 'sweep', 'stages', 'minimal'.")]
    public void What_cannot_be_made_says_why(string name, string template, string beginning)
    {
        var text = new ExperimentScaffold { Name = name, Template = template }.Text();
        Assert.StartsWith(beginning, Assert.Single(text.Problems).Text, StringComparison.Ordinal);
    }
}
