using Expflow.Tests.Golden;
using Xunit;

namespace Expflow.Tests.Screens;

/// <summary><c>--stages</c> and <c>--from</c>: what was left out has to be done.</summary>
public sealed class ChosenStagesTests : IDisposable
{
    private const string File = """
        experiment: kd
        sweep: {grid: {dataset: [a, b, c, d, e]}}
        snapshot: off
        stages:
          vgae: {command: 'train {dataset}'}
          fusion: {needs: vgae, command: 'fuse {vgae.dir}'}

        """;

    private readonly StoredProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Submitting_from_a_stage_names_the_runs_that_are_not_done_and_submits_nothing()
    {
        var submission = project.Submit(File.Replace("fusion:", "other:", StringComparison.Ordinal));
        submission.Done(0, "");
        submission.Failed(1, "it broke");
        System.IO.File.WriteAllText(project["e.yaml"], File);

        GoldenFile.Match(
            "submit/not-done",
            project.Type("submit", project["e.yaml"], "--from", "fusion")
                + project.Type("run", project["e.yaml"], "--stages", "fusion", "--set", "dataset=b")
                + project.Type("plan", project["e.yaml"], "--from", "fusion", "--runs", "0")
        );
        Assert.Single(Directory.GetFiles(project.Project.Manifests));
    }

    [Fact]
    public void A_stage_whose_upstream_is_done_can_be_planned_alone()
    {
        var submission = project.Submit(File);
        for (var run = 0; run < 5; run++)
            submission.Done(run, "");

        Assert.DoesNotContain(
            "warning: '--stages",
            project.Type("plan", project["e.yaml"], "--stages", "fusion"),
            StringComparison.Ordinal
        );
    }
}
