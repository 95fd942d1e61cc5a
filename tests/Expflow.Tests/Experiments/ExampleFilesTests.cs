using System.Runtime.CompilerServices;
using Expflow.Experiments;
using Xunit;

namespace Expflow.Tests.Experiments;

public sealed class ExampleFilesTests
{
    [Theory]
    [InlineData("quickstart", "digits.yaml")]
    [InlineData("failure", "diverge.yaml")]
    public void The_examples_have_no_problems(string folder, string file)
    {
        var project = ProjectDefaults.Read(Path.Combine(Examples(), folder, "expflow.yaml"));
        Assert.True(project.TryGet(out var defaults));

        var read = new ExperimentReader(defaults, new Dictionary<string, string>()).Read(
            Path.Combine(Examples(), folder, file),
            Overrides.None
        );

        Assert.Empty(read.Problems);
    }

    private static string Examples([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "examples");
}
