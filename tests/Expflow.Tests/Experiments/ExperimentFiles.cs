using Expflow.Experiments;
using Expflow.Problems;
using Xunit;

namespace Expflow.Tests.Experiments;

/// <summary>Experiment files in a folder of the test's own; problems come back without the folder's name.</summary>
public sealed class ExperimentFiles : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public Dictionary<string, string> Variables { get; } = [];

    public ProjectDefaults Project { get; set; } = ProjectDefaults.None;

    public string this[string name] => folder[name];

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    public Checked<Experiment> Read(string text, Overrides? overrides = null) =>
        new ExperimentReader(Project, Variables).Read(Write("e.yaml", text), overrides ?? Overrides.None);

    public Experiment Good(string text, Overrides? overrides = null)
    {
        var read = Read(text, overrides);
        Assert.Empty(read.Problems);
        Assert.True(read.TryGet(out var experiment));
        return experiment;
    }

    public string[] Problems(string text, Overrides? overrides = null) =>
        [.. Read(text, overrides).Problems.Select(Text)];

    public string Text(Problem problem) => problem.ToString().Replace(folder.Path + "/", "", StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();
}
