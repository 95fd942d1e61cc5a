using Expflow.Experiments;
using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Experiments;

public sealed class OverridesTests : IDisposable
{
    private const string File = """
        experiment: e
        extends: base.yaml
        parameters: {epochs: 3}
        sweep:
          grid: {lr: [0.1, 0.01], seed: 0..2}
        stages:
          a: {command: 'a {flags}'}
          b: {needs: a, command: 'b {lr}', resources: {memory: 8G}}
        """;

    private readonly ExperimentFiles files = new();

    public OverridesTests() =>
        files.Write("base.yaml", "experiment: base\nresources: {account: theirs, walltime: 1h, cpus: 2}\n");

    public void Dispose() => files.Dispose();

    private int Points(params string[] set)
    {
        var experiment = files.Good(File, new Overrides { Set = set });
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var expansion));
        return expansion.Points.Count;
    }

    [Fact]
    public void Setting_a_swept_parameter_fixes_it_or_replaces_its_values()
    {
        Assert.Equal(6, Points());
        Assert.Equal(3, Points("lr=0.5"));
        Assert.Equal(9, Points("lr=[1,2,3]"));
        Assert.Equal(20, Points("seed=0..9"));
        Assert.Equal(1, Points("seed=1", "lr=1"));
        Assert.Equal(12, Points("epochs=1..2"));
    }

    [Fact]
    public void Setting_an_unknown_parameter_names_the_known_ones()
    {
        Assert.Equal(
            [
                "--set lrr=1: 'lrr' is no parameter. Did you mean 'lr'?",
                "--set width=1: 'width' is no parameter. The parameters are lr, seed, epochs.",
                "--set oops: 'oops' has no '='. Write it as --set lr=0.1.",
            ],
            files.Problems(File, new Overrides { Set = ["lrr=1", "width=1", "oops"] })
        );
    }

    [Fact]
    public void The_command_line_stands_over_the_environment_and_both_over_the_file()
    {
        files.Variables["EXPFLOW_MEMORY"] = "16G";
        files.Variables["EXPFLOW_CPUS"] = "4";

        var experiment = files.Good(
            File,
            new Overrides { Resources = ["cpus=8", "walltime=2h"], Stage = ["b.walltime=3h"] }
        );

        var b = experiment.Stage("b")!.Resources;
        Assert.Equal("8 16G 03:00:00", $"{b.Cpus} {b.Memory} {b.Walltime}");
        var a = experiment.Stage("a")!.Resources;
        Assert.Equal("8 16G 02:00:00", $"{a.Cpus} {a.Memory} {a.Walltime}");
    }

    [Fact]
    public void The_users_own_account_beats_a_templates_unless_it_is_pinned()
    {
        files.Write("expflow.yaml", "resources: {account: mine, partition: short, cpus: 32}\n");
        Assert.True(ProjectDefaults.Read(files["expflow.yaml"]).TryGet(out var project));
        files.Project = project;

        var open = files.Good(File).Stage("a")!.Resources;
        Assert.Equal("mine short 2", $"{open.Account} {open.Partition} {open.Cpus}");

        files.Write("base.yaml", "resources: {account: theirs, pinned: true}\n");
        Assert.Equal("theirs", files.Good(File).Stage("a")!.Resources.Account);

        var own = File + "\nresources: {account: chosen}\n";
        Assert.Equal("chosen", files.Good(own).Stage("a")!.Resources.Account);
    }

    [Fact]
    public void Every_value_keeps_where_it_came_from()
    {
        files.Variables["EXPFLOW_PARTITION"] = "gpu";

        var experiment = files.Good(File, new Overrides { Set = ["epochs=9"] });

        var origins = experiment.Origins.ToDictionary(
            origin => origin.Path,
            origin => origin.Source.ToString()!.Replace(files[""], "", StringComparison.Ordinal)
        );
        Assert.Equal("base.yaml:2:40", origins["resources.walltime"].TrimStart('/')[..14]);
        Assert.Equal("e.yaml:8:56", origins["stages.b.resources.memory"].TrimStart('/'));
        Assert.Equal("environment variable EXPFLOW_PARTITION", origins["resources.partition"]);
        Assert.Equal("--set epochs=9", origins["parameters.epochs"]);
    }

    [Theory]
    [InlineData("c.memory=1G", "--stage c.memory=1G: 'c' is no stage. Did you mean 'a'?")]
    [InlineData("a.memroy=1G", "--stage a.memroy=1G: 'memroy' is not a key of 'resources'. Did you mean 'memory'?")]
    [InlineData("a=1G", "--stage a=1G: 'a' names no resource. Write it as --stage a.memory=64G.")]
    [InlineData(
        "a.memory=lots",
        "--stage a.memory=lots: 'memory' takes an amount such as 96G, 98304M or 1.5T; this is 'lots'."
    )]
    public void A_bad_override_names_the_option(string stage, string problem)
    {
        Assert.Equal([problem], files.Problems(File, new Overrides { Stage = [stage] }));
    }
}
