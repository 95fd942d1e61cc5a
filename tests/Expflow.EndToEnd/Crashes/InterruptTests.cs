using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>Ctrl-C once asks the runs to save, twice ends them, and what was detached survives its terminal.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly ScratchProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    public void Once_lets_the_runs_save_and_the_next_command_goes_on(string processOrGroup)
    {
        Write(
            "trap 'echo s > \"$EXPFLOW_CHECKPOINTS/s\"; exit 75' TERM; echo $EXPFLOW_ATTEMPT >> up; "
                + "until test -f \"$EXPFLOW_CHECKPOINTS/s\"; do sleep 0.02; done"
        );
        var front = StartInItsOwnGroup();
        ScratchProject.Signal($"INT {processOrGroup}{front.Pid}");
        var ended = front.Wait();
        Assert.True(ended.Code == 130, ended.All);
        Assert.Contains("Asked the runs to save", ended.Error);
        Assert.Empty(project.Runs);
        Resumes(["1", "1", "2", "2"]);
    }

    [Fact]
    public void Twice_ends_the_runs_at_once()
    {
        Write(
            "trap 'echo asked >> asked' TERM; echo $EXPFLOW_ATTEMPT >> up; "
                + "until test $EXPFLOW_ATTEMPT -gt 1; do sleep 0.02; done"
        );
        var front = StartInItsOwnGroup();
        front.Signal("INT");
        ScratchProject.Await(() => File.Exists(project["asked"]), "a question");
        front.Signal("INT");
        Assert.Equal(130, front.Wait().Code);
        Assert.Empty(project.Runs);
        Resumes(["1", "1", "2", "2"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(220)]
    [InlineData(300)]
    public async Task However_early_it_comes_nothing_goes_on_behind_it(int milliseconds)
    {
        Write("echo up >> up; trap 'exit 75' TERM; until test -f go; do sleep 0.02; done");
        var front = project.StartProgram("/usr/bin/setsid", Repository.Binary, "run", "e.yaml");
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        front.Signal("INT");
        Assert.True(front.Wait().Code is 130, front.Wait().All);
        Assert.Null(project.Agent);
        Assert.Empty(project.Runs);
        project.Write("go", "");
        Assert.Equal(0, project.Run("run", "e.yaml").Code);
    }

    [Fact]
    public void In_one_window_it_ends_the_other_too()
    {
        Write("trap 'exit 75' TERM; echo up >> up; until test -f go; do sleep 0.02; done");
        var front = StartInItsOwnGroup();
        var other = project.Start("run", "e.yaml");
        ScratchProject.Await(() => other.Out.Contains("0/2 done", StringComparison.Ordinal), "a follower");
        front.Signal("INT");
        Assert.Equal(130, front.Wait().Code);
        var ended = other.Wait();
        Assert.True(ended.Code == 130, ended.All);
        Assert.Null(project.Agent);
    }

    [Fact]
    public void What_is_detached_outlives_its_session()
    {
        Write("echo up >> up; until test -f go; do sleep 0.02; done; echo end >> ends");
        var shell = project.StartProgram(
            "/usr/bin/setsid",
            "sh",
            "-c",
            $"'{Repository.Binary}' run e.yaml --detach; sleep 60"
        );
        AwaitLines("up", 2);
        ScratchProject.Signal($"HUP -{shell.Pid}");
        shell.Wait();
        project.Write("go", "");
        AwaitLines("ends", 2);
        Assert.Equal(0, project.Run("run", "e.yaml").Code);
        Assert.Equal(2, Lines("ends").Length);
    }

    private void Write(string command) =>
        project.Write(
            "e.yaml",
            $$"""
            experiment: e
            snapshot: off
            sweep:
              grid: {i: [1, 2]}
            command: |
              : {i}; {{command}}
            """
        );

    private Started StartInItsOwnGroup()
    {
        var front = project.StartProgram("/usr/bin/setsid", Repository.Binary, "run", "e.yaml");
        AwaitLines("up", 2);
        return front;
    }

    private void Resumes(string[] attempts)
    {
        var again = project.Run("run", "e.yaml");
        Assert.True(again.Code == 0, again.All);
        Assert.Equal(attempts, Lines("up").Order());
    }

    private void AwaitLines(string file, int count) =>
        ScratchProject.Await(() => Lines(file).Length >= count, $"{count} lines in '{file}'");

    private string[] Lines(string file) => File.Exists(project[file]) ? File.ReadAllLines(project[file]) : [];
}
