using Expflow.Tests.Golden;
using Xunit;

namespace Expflow.Tests.Screens;

/// <summary>What <c>init</c>, <c>new</c>, <c>check</c>, <c>plan</c> and <c>schema</c> print, and what a misspelt command hears.</summary>
public sealed class FileScreenTests : IDisposable
{
    private const string Stages = """
        experiment: distil
        parameters: {epochs: 5}
        sweep:
          grid: {dataset: [a, b], alpha: [0.1, 0.5], seed: 0..1}
          exclude: [{dataset: b, seed: 1}, {alpha: 0.9}]
        resources: {cpus: 2, memory: 4G, walltime: 30m}
        snapshot: off
        stages:
          teacher:
            command: train {dataset} {seed} --epochs {epochs} --out {run.dir}
          student:
            needs: [teacher]
            command: distil {teacher.dir}/model --alpha {alpha} --out {run.dir}
            resources: {gpus: 1}
        pipelines: {teachers: [teacher]}
        """;

    private const string Wrong = """
        experimnt: x
        resources: {cpu: 3, memory: lots}
        sweep: {grid: {lr: []}}
        command: run {lr} {sed}
        """;

    private readonly StoredProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("check/fine", "check", "stages.yaml")]
    [InlineData("check/fine-json", "check", "stages.yaml", "--json")]
    [InlineData("check/origin", "check", "stages.yaml", "--origin", "--set", "epochs=7")]
    [InlineData("check/pipeline", "check", "stages.yaml", "--pipeline", "teachers")]
    [InlineData("check/pipeline-misspelt", "check", "stages.yaml", "--pipeline", "teacher")]
    [InlineData("check/stages", "check", "stages.yaml", "--stages", "student")]
    [InlineData("check/stages-misspelt", "check", "stages.yaml", "--stages", "teacher,studnet,pupil")]
    [InlineData("check/from-misspelt", "check", "stages.yaml", "--from", "studnt")]
    [InlineData("check/chosen-twice", "check", "stages.yaml", "--from", "student", "--pipeline", "teachers")]
    [InlineData("check/stage-for-stages", "check", "stages.yaml", "--stage", "student")]
    [InlineData("plan/from", "plan", "stages.yaml", "--from", "student", "--runs", "1")]
    [InlineData("check/problems", "check", "wrong.yaml")]
    [InlineData("check/problems-json", "check", "wrong.yaml", "--json")]
    [InlineData("plan/stages", "plan", "stages.yaml", "--runs", "1")]
    [InlineData("plan/json", "plan", "stages.yaml", "--runs", "1", "--json")]
    [InlineData("plan/all", "plan", "stages.yaml", "--all", "--pipeline", "teachers")]
    public void Files(string name, string command, string file, params string[] options)
    {
        File.WriteAllText(project["stages.yaml"], Stages);
        File.WriteAllText(project["wrong.yaml"], Wrong);
        GoldenFile.Match(name, project.Type([command, project[file], .. options]));
    }

    [Fact]
    public void A_plan_tells_what_is_done_and_what_failed_before()
    {
        var submission = project.Submit("experiment: e\nsweep: {grid: {x: 1..4}}\nsnapshot: off\ncommand: run {x}\n");
        submission.Done(0, "");
        submission.Failed(1, "it broke");
        File.WriteAllText(
            project["e.yaml"],
            "experiment: e\nsweep: {grid: {x: 1..5}}\nsnapshot: off\ncommand: run {x}\n"
        );
        GoldenFile.Match("plan/known", project.Type("plan", project["e.yaml"], "--all"));
    }

    [Fact]
    public void Looking_at_a_plan_leaves_nothing_behind()
    {
        File.WriteAllText(project["stages.yaml"], Stages);
        Directory.Delete(project.Project.State, recursive: true);
        project.Type("plan", project["stages.yaml"]);
        Assert.False(Path.Exists(project.Project.State));
        Assert.False(Path.Exists(project.Project.Runs));
    }

    [Fact]
    public void A_project_is_made_once_and_a_file_is_never_overwritten()
    {
        File.Delete(project.Project.File);
        File.WriteAllText(project[".gitignore"], "bin/\n.expflow");
        GoldenFile.Match(
            "init/session",
            project.Type("init")
                + project.Type("init")
                + project.Type("new", "digits", "--template", "stages", "--tag", "pilot")
                + project.Type("new", "digits")
                + project.Type("new", "a/b")
                + project.Type("new", "x", "--template", "sweeep")
        );
        Assert.Equal(
            "bin/\n.expflow\n# What Expflow keeps, and its runs\n/runs/\n",
            File.ReadAllText(project[".gitignore"])
        );
    }

    [Theory]
    [InlineData("help/misspelt-command", "pln")]
    [InlineData("help/unknown-command", "frobnicate")]
    [InlineData("help/misspelt-option", "plan", "x.yaml", "--jsn")]
    [InlineData("help/not-a-number", "plan", "x.yaml", "--runs", "many")]
    [InlineData("help/plan", "help", "plan")]
    public void Help(string name, params string[] typed) => GoldenFile.Match(name, project.Type(typed));

    [Fact]
    public void Help_has_a_line_for_every_command_that_fits_a_terminal()
    {
        var lines = project.Type().Split('\n');
        Assert.All(
            (string[])["init", "new", "check", "plan", "schema", "run", "results", "completion"],
            name => Assert.Single(lines, line => line.StartsWith($"  {name, -12}", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(lines, line => line.StartsWith("  agent ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void A_misspelt_file_suggests_the_right_one()
    {
        Directory.CreateDirectory(project["experiments"]);
        File.WriteAllText(project["experiments/digits.yaml"], "");
        GoldenFile.Match(
            "check/missing",
            project.Type("check", "digist") + project.Type("check", "experiments") + project.Type("check", "nothing")
        );
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Every_shell_has_its_script(string shell) =>
        Assert.Contains("[suggest:", project.Type("completion", shell), StringComparison.Ordinal);
}
