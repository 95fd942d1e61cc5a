using Expflow.Parameters;
using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Sweeps;

public sealed class RandomSweepTests
{
    private static readonly DrawnParameter Rate = new("lr", new Distribution.LogUniform(1e-4, 1e-1));
    private static readonly DrawnParameter Layers = new("layers", new Distribution.Integers(2, 4));
    private static readonly DrawnParameter Dropout = new("dropout", new Distribution.Uniform(0, 0.5));

    private static IReadOnlyList<ParameterSet> Points(long count, long seed, params DrawnParameter[] drawn)
    {
        var sweep = new Sweep { Random = new(count, seed, drawn) };
        Assert.True(SweepExpansion.Expand(sweep, ParameterSet.Empty).TryGet(out var expansion));
        return expansion.Points;
    }

    [Fact]
    public void The_same_seed_draws_the_same_points_with_every_version()
    {
        Assert.Equal(
            "lr=0.00136186,layers=2,dropout=0.447553 lr=0.000162248,layers=4,dropout=0.431251 lr=0.00165607,layers=3,dropout=0.273021",
            string.Join(' ', Points(3, 7, Rate, Layers, Dropout))
        );
    }

    [Fact]
    public void Another_parameter_leaves_the_values_of_the_others()
    {
        var alone = Points(50, 1, Rate).Select(point => point["lr"]);
        var beside = Points(50, 1, Layers, Rate).Select(point => point["lr"]);

        Assert.Equal(alone, beside);
    }

    [Fact]
    public void Another_seed_draws_other_points()
    {
        Assert.Empty(Points(50, 1, Rate).Intersect(Points(50, 2, Rate)));
    }

    [Fact]
    public void Values_stay_within_their_bounds_and_reach_all_of_them()
    {
        var points = Points(2000, 3, Rate, Layers, Dropout);

        Assert.All(points, point => Assert.InRange(Number(point["lr"]), 1e-4, 1e-1));
        Assert.All(points, point => Assert.InRange(Number(point["dropout"]), 0, 0.5));
        Assert.Equal(["2", "3", "4"], points.Select(point => point["layers"].Display).Distinct().Order());
        // Three decades alike: each holds a third, within five standard deviations.
        Assert.InRange(points.Count(point => Number(point["lr"]) < 1e-3), 561, 772);
    }

    private static double Number(ParameterValue value) =>
        value is ParameterValue.Integer whole ? whole.Value : ((ParameterValue.Number)value).Value;
}
