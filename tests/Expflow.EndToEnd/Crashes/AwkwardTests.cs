using System.Text.Json;
using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>Folders, values, outputs and commands that nobody would choose and everybody has.</summary>
public sealed class AwkwardTests : IDisposable
{
    private readonly ScratchProject project = new();

    public void Dispose() => project.Dispose();

    public static TheoryData<string> Values =>
        [
            "",
            " ",
            "a b",
            "it's",
            "\"quoted\"",
            "two\nlines\n",
            "$(rm -rf /) `id` $HOME ${x} \\",
            "../../etc/passwd",
            "/",
            ".",
            "-rf",
            "*?[a]~#!&|;<>(){}",
            "naïve – 数学 🙂",
            new string('x', 500),
            new string('ü', 300),
            "%s %n",
        ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_arrives_as_it_was_written(string value)
    {
        var text = JsonSerializer.Serialize(value);
        project.Write(
            "e.yaml",
            $"experiment: e\nsnapshot: off\nworkdir: run\nsweep: {{grid: {{v: [{text}]}}}}\ncommand: printf %s {{v}} > value\n"
        );
        var ended = project.Run("run", "e.yaml");
        Assert.True(ended.Code == 0, ended.All);
        var run = Assert.Single(Directory.GetDirectories(project["runs/e/main"]));
        Assert.Equal(value, File.ReadAllText(Path.Combine(run, "value")));
    }

    [Theory]
    [InlineData("new\nline")]
    [InlineData("a b'c\"d$(e)`f`")]
    [InlineData("数学")]
    [InlineData("-x")]
    public void A_project_may_stand_in_any_folder(string name)
    {
        using var inside = new ScratchProject(Path.Combine(project.Home, name));
        inside.Write(
            "e.yaml",
            "experiment: e\nsnapshot: off\nkeep: files\ncommand: pwd > {run.dir}/where\noutputs: [where]\n"
        );
        var ended = inside.Run("run", "e.yaml");
        Assert.True(ended.Code == 0, ended.All);
        Assert.Empty(inside.Runs);
    }

    [Theory]
    [InlineData("printf '\\377\\376\\0bad \\200 bytes'")]
    [InlineData("head -c 200000 /dev/zero | tr '\\0' x")]
    [InlineData("i=0; while test $i -lt 20; do printf '%010000d\\n' $i; i=$((i+1)); done")]
    [InlineData("exec >&- 2>&-; sleep 0.05")]
    [InlineData("cat; read x; test -z \"$x\"")]
    public void A_command_may_do_what_it_likes_with_its_streams(string command)
    {
        project.Write("e.yaml", $"experiment: e\nsnapshot: off\ncommand: |\n  {command}\n");
        var ended = project.Run("run", "e.yaml");
        Assert.True(ended.Code == 0, ended.All);
    }

    [Theory]
    [InlineData("files", "sleep 300 &")]
    [InlineData("files", "setsid sleep 300 &")]
    [InlineData("files", "setsid sleep 300 & exit 1")]
    [InlineData("packed", "sleep 300 &")]
    [InlineData("packed", "setsid sh -c \"trap '' TERM HUP; sleep 300\" & sleep 0.05")]
    public void What_is_left_in_the_background_ends_with_the_run(string keep, string command)
    {
        project.Write("e.yaml", $"experiment: e\nsnapshot: off\nkeep: {keep}\ncommand: |\n  {command}\n");
        var ended = project.Run("run", "e.yaml");
        Assert.True(ended.Code is 0 or 1, ended.All);
        ScratchProject.Await(() => project.Agent is null, "an end of the agent");
        Assert.Empty(project.Runs);
    }

    [Fact]
    public void Each_run_sees_the_gpus_that_it_asked_for_and_no_other()
    {
        project.Variables["CUDA_VISIBLE_DEVICES"] = "3,5";
        project.Write(
            "e.yaml",
            "experiment: e\nsnapshot: off\nresources: {gpus: 1}\nsweep: {grid: {i: 1..6}}\n"
                + "command: \": {i}; mkdir gpu-$CUDA_VISIBLE_DEVICES && sleep 0.1 && rmdir gpu-$CUDA_VISIBLE_DEVICES && echo $CUDA_VISIBLE_DEVICES >> seen\"\n"
        );
        var ended = project.Run("run", "e.yaml");
        Assert.True(ended.Code == 0, ended.All);
        Assert.Equal(["3", "5"], File.ReadAllLines(project["seen"]).Distinct().Order());
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_bug()
    {
        project.Write(
            "e.yaml",
            "experiment: e\nsnapshot: off\nsweep: {grid: {i: 1..3}}\ncommand: sleep 0.2; echo {i}\n"
        );
        var ended = project
            .StartProgram("/bin/bash", "-c", $"set -o pipefail; '{Repository.Binary}' run e.yaml | true")
            .Wait();
        Assert.DoesNotContain("bug", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, project.Run("run", "e.yaml").Code);
    }
}
