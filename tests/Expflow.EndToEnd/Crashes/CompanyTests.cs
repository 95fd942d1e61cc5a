using System.Globalization;
using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>Several commands at once in one project.</summary>
public sealed class CompanyTests : IDisposable
{
    private readonly ScratchProject project = new();

    public CompanyTests() => Directory.CreateDirectory(project["locks"]);

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("a", "a", "a")]
    [InlineData("a", "b", "c")]
    public void All_is_done_once_and_everybody_is_told(params string[] files)
    {
        foreach (var file in files)
            Write(file, 10, "sleep 0.03");
        foreach (var front in files.Select(file => project.Start("run", file + ".yaml")).ToList())
            Assert.True(front.Wait() is { Code: 0 } ended, front.Wait().All);
        Assert.Equal(10 * files.Distinct().Count(), Ledger.Count(project, "start"));
        Assert.Equal(10 * files.Distinct().Count(), Ledger.Count(project, "end"));
    }

    [Fact]
    public void A_short_one_does_not_wait_for_a_long_one()
    {
        Write("long", 1, "until test -f go; do sleep 0.02; done");
        Write("short", 1, "true");
        var front = project.Start("run", "long.yaml");
        ScratchProject.Await(() => Ledger.Count(project, "start") == 1, "a start");
        var ended = project.Run("run", "short.yaml");
        Assert.True(ended.Code == 0, ended.All);
        Assert.False(front.HasEnded);
        project.Write("go", "");
        Assert.Equal(0, front.Wait().Code);
    }

    [Fact]
    public void What_is_handed_over_while_the_agent_leaves_is_done_all_the_same()
    {
        Write("a", 1, "true");
        for (var round = 0; round < 12; round++)
        {
            var ended = project.Run("run", "a.yaml", "--detach", "--set", $"round={round}");
            Assert.True(ended.Code == 0, ended.All);
        }
        ScratchProject.Await(() => Ledger.Count(project, "end") == 12, "an end of all");
        ScratchProject.Await(() => project.Agent is null, "an end of the agent");
        Assert.Equal(12, Ledger.Count(project, "start"));
    }

    [Theory]
    [InlineData("files")]
    [InlineData("packed")]
    public void A_stopped_agent_is_named_and_goes_on_when_let(string keep)
    {
        Write("a", 4, "until test -f go; do sleep 0.02; done", keep);
        var front = project.Start("run", "a.yaml");
        ScratchProject.Await(() => Ledger.Count(project, "start") == 4, "a start");
        var agent = project.AwaitAgent();
        ScratchProject.Signal("STOP", agent);
        ScratchProject.Await(() => front.Error.Contains($"kill -CONT {agent}", StringComparison.Ordinal), "a word");
        project.Write("go", "");
        ScratchProject.Signal("CONT", agent);
        Assert.Equal(0, front.Wait().Code);
        Assert.Equal(4, Ledger.Count(project, "start"));
    }

    [Theory]
    [InlineData("files", 4)]
    [InlineData("packed", 8)]
    public void An_agent_back_from_the_dead_leaves_the_runs_to_the_one_that_took_over(string keep, int starts)
    {
        Write("a", 4, "until test -f go; do sleep 0.02; done", keep);
        var detached = project.Run("run", "a.yaml", "--detach");
        Assert.True(detached.Code == 0, detached.All);
        ScratchProject.Await(() => Ledger.Count(project, "start") == 4, "a start");
        var agent = project.AwaitAgent();
        ScratchProject.Signal("STOP", agent);
        File.Delete(project[".expflow/local.lock"]);
        var front = project.Start("run", "a.yaml");
        ScratchProject.Await(
            () => Ledger.Count(project, "start") == starts && File.Exists(project[".expflow/local.lock"]),
            "an heir"
        );
        ScratchProject.Signal("CONT", agent);
        ScratchProject.Await(
            () => !Directory.Exists($"/proc/{agent}") || File.ReadAllText($"/proc/{agent}/stat").Contains(") Z"),
            "an end of the old agent"
        );
        project.Write("go", "");
        var ended = front.Wait();
        Assert.True(ended.Code == 0, ended.All);
        Assert.Equal(
            (starts, 4, 0),
            (Ledger.Count(project, "start"), Ledger.Count(project, "end"), Ledger.Count(project, "double"))
        );
    }

    private void Write(string name, int runs, string middle, string keep = "files") =>
        project.Write(
            name + ".yaml",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                experiment: {{name}}
                snapshot: off
                keep: {{keep}}
                parameters: {round: 0}
                sweep:
                  grid: {i: 1..{{runs}}}
                command: {{Ledger.Command(name + "-{round}-{i}", middle)}}
                """
            )
        );
}
