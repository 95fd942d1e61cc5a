using CsCheck;
using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Planning;
using Expflow.Sweeps;
using Expflow.Templates;
using Xunit;

namespace Expflow.Tests.Planning;

public sealed class RunPlannerTests
{
    [Fact]
    public void A_stage_shared_by_ten_settings_of_a_later_one_has_one_run()
    {
        var plan = Plan(
            [Stage("vgae", uses: ["dataset"]), Stage("fusion", uses: ["dataset", "alpha"], needs: ["vgae"])],
            Axis("dataset", 2),
            Axis("alpha", 10)
        );
        Assert.Equal([("vgae", 2), ("fusion", 20)], plan.Stages);
        Assert.All(plan.Runs.Skip(2), run => Assert.Single(run.Needs));
    }

    [Fact]
    public void What_a_stage_needs_decides_how_many_runs_it_has()
    {
        var plan = Plan(
            [Stage("train", uses: ["lr"]), Stage("test", uses: [], needs: ["train"])],
            Axis("lr", 3),
            Axis("seed", 5)
        );
        Assert.Equal([("train", 3), ("test", 3)], plan.Stages);
        Assert.Equal(plan.Runs.Take(3).Select(run => run.Id), plan.Runs.Skip(3).Select(run => run.Needs.Single()));
    }

    [Fact]
    public void A_stage_that_gathers_per_dataset_needs_all_runs_of_that_dataset()
    {
        var plan = Plan(
            [Stage("train", uses: ["dataset", "seed"]), Stage("summary", uses: [], needs: ["train"], per: ["dataset"])],
            Axis("dataset", 2),
            Axis("seed", 5)
        );
        Assert.Equal([("train", 10), ("summary", 2)], plan.Stages);
        Assert.Equal(plan.Runs.Take(5).Select(run => run.Id), plan.Runs[10].Needs);
    }

    [Fact]
    public void A_gathering_stage_that_uses_what_it_does_not_gather_by_is_a_problem()
    {
        var experiment = Experiment(
            [Stage("train", uses: ["seed"]), Stage("summary", uses: ["seed"], needs: ["train"], per: [])],
            Axis("seed", 2)
        );
        var problem = Assert.Single(RunPlanner.Plan(experiment, Points(experiment)).Problems);
        Assert.Contains("'summary'", problem.Text, StringComparison.Ordinal);
        Assert.Contains("'seed'", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Needed_stages_come_first_whatever_their_order_in_the_file()
    {
        var plan = Plan([Stage("late", ["x"], needs: ["early"]), Stage("early", ["x"])], Axis("x", 1));
        Assert.Equal(["early", "late"], plan.Stages.Select(stage => stage.Stage));
    }

    [Theory]
    [InlineData("a,b", "", "a b", "")]
    [InlineData("b", "", "b", "a")]
    [InlineData("c , d", "", "c d", "a b")]
    [InlineData("d", "", "d", "a")]
    [InlineData("", "a", "a b c d", "")]
    [InlineData("", "b", "b c", "a")]
    [InlineData("", "c,d", "c d", "a b")]
    public void What_is_left_out_and_needed_is_taken_for_done(string only, string from, string runs, string assumed)
    {
        // a ─► b ─► c
        // └──► d
        var experiment = Experiment(
            [
                Stage("a", []),
                Stage("b", ["x"], needs: ["a"]),
                Stage("c", [], needs: ["b"]),
                Stage("d", [], needs: ["a"]),
            ],
            Axis("x", 2)
        );
        var chosen =
            only.Length > 0 ? StageSelection.Only(experiment, [only]) : StageSelection.From(experiment, [from]);
        Assert.True(chosen.TryGet(out var selection), string.Join('\n', chosen.Problems));
        Assert.True(RunPlanner.Plan(experiment, Points(experiment)).TryGet(out var whole));
        Assert.True(RunPlanner.Plan(experiment, Points(experiment), selection).TryGet(out var plan));

        Assert.Equal(runs, string.Join(' ', plan.Stages.Select(stage => stage.Stage).Order()));
        Assert.Equal(assumed, string.Join(' ', plan.Assumed.Select(run => run.Stage.Name).Distinct()));
        // Alone or with all others, a run is the same run.
        Assert.Subset(whole.Runs.Select(run => run.Id).ToHashSet(), plan.Runs.Select(run => run.Id).ToHashSet());
        Assert.Equal(plan.Runs.Count, plan.ToManifest().Count());
    }

    [Fact]
    public void Identity_does_not_change_with_the_order_of_parameters_or_blanks_at_line_ends() =>
        Gen
            .Int.Select(Gen.Int)
            .Sample(
                (a, b) =>
                {
                    var one = Plan([Stage("s", ["a", "b"], command: "run a b")], One("a", a), One("b", b));
                    var two = Plan([Stage("s", ["b", "a"], command: "run a b  \n")], One("b", b), One("a", a));
                    Assert.Equal(one.Runs[0].Id, two.Runs[0].Id);
                }
            );

    [Theory]
    [InlineData("s", "run", "e", true)]
    [InlineData("t", "run", "e", false)]
    [InlineData("s", "walk", "e", false)]
    [InlineData("s", "run", "f", false)]
    public void Identity_is_experiment_stage_and_command(string stage, string command, string name, bool same)
    {
        var first = Plan([Stage("s", ["a"], command: "run")], One("a", 1)).Runs[0].Id;
        var experiment = Experiment([Stage(stage, ["a"], command: command)], One("a", 1)) with { Name = name };
        Assert.True(RunPlanner.Plan(experiment, Points(experiment)).TryGet(out var plan));
        Assert.Equal(same, plan.Runs[0].Id == first);
    }

    // printf 'expflow run 1\ne\0s\0run\0{"a":1}\0' | sha256sum
    [Fact]
    public void Identity_is_the_SHA_256_of_the_documented_bytes_in_every_version() =>
        Assert.Equal("0385a31c9f4eae42", Plan([Stage("s", ["a"], command: "run")], One("a", 1)).Runs[0].Id.ToString());

    private static RunPlan Plan(Stage[] stages, params Axis[] grid)
    {
        var experiment = Experiment(stages, grid);
        Assert.True(RunPlanner.Plan(experiment, Points(experiment)).TryGet(out var plan));
        return plan;
    }

    private static Experiment Experiment(Stage[] stages, params Axis[] grid) =>
        new()
        {
            Name = "e",
            File = "e.yaml",
            Resolved = "{}",
            Stages = stages,
            Sweep = Sweep.None with { Grid = grid },
        };

    private static Stage Stage(
        string name,
        string[] uses,
        string[]? needs = null,
        string[]? per = null,
        string command = "true"
    ) =>
        new()
        {
            Name = name,
            Command = new CommandTemplate(command, [], null),
            Uses = uses,
            Needs = needs ?? [],
            Per = per,
        };

    private static Axis Axis(string name, int values) =>
        new(name, [.. Enumerable.Range(0, values).Select(value => ParameterValue.Of(value))]);

    private static Axis One(string name, long value) => new(name, [ParameterValue.Of(value)]);

    private static List<ParameterSet> Points(Experiment experiment)
    {
        var points = new List<ParameterSet> { ParameterSet.Empty };
        foreach (var axis in experiment.Sweep.Grid)
            points =
            [
                .. points.SelectMany(point =>
                    axis.Values.Select(value => point.With(ParameterSet.Of([axis.Name], [value])))
                ),
            ];
        return points;
    }
}
