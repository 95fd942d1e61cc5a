using System.Runtime.CompilerServices;
using Expflow.Advice;
using Expflow.Experiments;
using Xunit;

namespace Expflow.Tests.Advice;

/// <summary>Files that people wrote, changed in every stage: what was advised is read back, and nothing else has changed.</summary>
public sealed class ExampleEditTests
{
    public static TheoryData<string> Files() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Root(), "examples"), "*.yaml", SearchOption.AllDirectories)
                .Where(path => Path.GetFileName(path) != "expflow.yaml" && !path.Contains("/bin/"))
                .Select(path => Path.GetRelativePath(Root(), path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_takes_advice_for_each_of_its_stages(string file)
    {
        var before = Read(Path.Combine(Root(), file));
        var changes = before
            .Stages.SelectMany(
                (stage, number) =>
                    new[]
                    {
                        new ResourceChange(stage.Name, ResourceText.Memory, $"{number + 5}G"),
                        new ResourceChange(stage.Name, ResourceText.Cpus, $"{number + 2}"),
                        new ResourceChange(stage.Name, ResourceText.Walltime, $"{number + 3}h30m"),
                    }
            )
            .ToArray();
        var text = File.ReadAllText(Path.Combine(Root(), file));
        var edited = ResourceEdit.Make(before, text, changes);
        Assert.Empty(edited.Refused);

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["e.yaml"], edited.Text);
        var after = Read(folder["e.yaml"]);
        Assert.Equal(before.Stages.Select(Besides), after.Stages.Select(Besides));
        Assert.Equal(
            changes.Select(change => change.Value),
            after.Stages.SelectMany(stage =>
                new[]
                {
                    ResourceText.Write(ResourceText.Memory, stage.Resources.Memory!.Value.Bytes),
                    ResourceText.Write(ResourceText.Cpus, stage.Resources.Cpus!.Value),
                    ResourceText.Write(ResourceText.Walltime, stage.Resources.Walltime!.Value.Duration.TotalSeconds),
                }
            )
        );
        // Comments stay, and so does all else but the lines named.
        Assert.Equal(
            text.Split('\n').Where(line => line.Contains('#')).Count(),
            edited.Text.Split('\n').Where(line => line.Contains('#')).Count()
        );
    }

    private static (string, string, string?, int?) Besides(Stage stage) =>
        (
            stage.Name,
            stage.Command.Text,
            stage.Resources.Partition + stage.Resources.Gpus,
            stage.Needs.Count + stage.Outputs.Count
        );

    private static Experiment Read(string path)
    {
        var read = new ExperimentReader(ProjectDefaults.None, new Dictionary<string, string>()).Read(
            path,
            Overrides.None
        );
        Assert.True(read.TryGet(out var experiment), string.Join('\n', read.Problems));
        return experiment;
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
