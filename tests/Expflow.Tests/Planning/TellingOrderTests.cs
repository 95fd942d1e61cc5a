using Expflow.Planning;
using Expflow.Sweeps;
using Expflow.Tests.Experiments;
using Xunit;

namespace Expflow.Tests.Planning;

/// <summary>The order in which runs tell most, soonest.</summary>
public sealed class TellingOrderTests : IDisposable
{
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("x: 0..3", "0 2 1 3")]
    [InlineData("x: 0..4", "0 2 1 3 4")]
    [InlineData("x: [30, 10, 20]", "10 20 30")]
    [InlineData("x: [a, b, c, d]", "a c b d")]
    public void One_parameter_is_covered_ever_finer(string grid, string expected) =>
        Assert.Equal(expected, string.Join(' ', Order($"{{grid: {{{grid}}}}}").Select(run => run["x"])));

    [Fact]
    public void Every_setting_has_one_seed_before_any_has_two()
    {
        var order = Order("{grid: {x: [1, 2, 3], seed: 0..2}}").ToList();

        Assert.Equal(["0", "0", "0", "1", "1", "1", "2", "2", "2"], order.Select(run => run["seed"]));
        Assert.Equal(3, order.Take(3).Select(run => run["x"]).Distinct().Count());
    }

    [Fact]
    public void Every_beginning_has_each_value_about_equally_often()
    {
        var order = Order("{grid: {x: 0..3, y: 0..4, z: [a, b, c]}}").ToList();

        Assert.Equal(60, order.Distinct().Count());
        for (var some = 1; some <= order.Count; some++)
            foreach (var (name, values) in (ReadOnlySpan<(string, int)>)[("x", 4), ("y", 5), ("z", 3)])
            {
                var counts = order.Take(some).CountBy(run => run[name]).Select(pair => pair.Value).ToList();
                var least = counts.Count < values ? 0 : counts.Min();
                Assert.InRange(counts.Max() - least, 0, 3);
            }
    }

    [Fact]
    public void What_is_to_be_first_is_first_with_all_its_seeds()
    {
        var order = Order("{grid: {x: [1, 2, 3], seed: 0..1}, first: [{x: 3}]}").ToList();

        Assert.Equal(["3", "3"], order.Take(2).Select(run => run["x"]));
        Assert.Equal(["0", "0", "1", "1"], order.Skip(2).Select(run => run["seed"]));
    }

    [Fact]
    public void A_pipeline_brings_one_setting_to_its_end_before_it_begins_the_seeds_anew()
    {
        var order = Plan(
            """
            experiment: e
            sweep: {grid: {x: [1, 2], seed: 0..1}}
            stages:
              a: {command: 'a {x} {seed}'}
              b: {needs: [a], command: b}
            """
        );

        Assert.Equal(
            "a 1 0, b 1 0, a 2 0, b 2 0, a 1 1, b 1 1, a 2 1, b 2 1",
            string.Join(
                ", ",
                TellingOrder.Of(order).Select(run => $"{run.Stage.Name} {run.Parameters["x"]} {run.Parameters["seed"]}")
            )
        );
    }

    [Fact]
    public void A_hundred_thousand_drawn_points_are_ordered_at_once() =>
        Assert.Equal(
            100_000,
            Order("{random: {count: 100000, parameters: {x: {uniform: [0, 1]}, y: {log_uniform: [0.1, 1]}}}}")
                .Distinct()
                .Count()
        );

    private IEnumerable<Dictionary<string, string>> Order(string sweep) =>
        TellingOrder
            .Of(Plan($"experiment: e\ncommand: 'x {{flags}}'\nsweep: {sweep}\n"))
            .Select(run => run.Parameters.Pairs().ToDictionary(pair => pair.Key, pair => pair.Value.Display));

    private RunPlan Plan(string text)
    {
        var experiment = files.Good(text);
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var expansion));
        Assert.True(RunPlanner.Plan(experiment, expansion.Points).TryGet(out var plan));
        return plan;
    }
}
