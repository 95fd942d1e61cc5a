using CsCheck;
using Expflow.Parameters;
using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Sweeps;

public sealed class SweepExpansionTests
{
    private static readonly ParameterSet Epochs = Point("epochs", 5);

    private static ParameterSet Point(params object[] pairs) =>
        ParameterSet.Of(pairs.Chunk(2).Select(pair => KeyValuePair.Create((string)pair[0], Value(pair[1]))));

    private static ParameterValue Value(object value) =>
        value is int whole ? ParameterValue.Of(whole) : ParameterValue.Of((string)value);

    private static Axis Axis(string name, params int[] values) =>
        new(name, [.. values.Select(value => ParameterValue.Of(value))]);

    private static SweepExpansion Expand(Sweep sweep, ParameterSet? fixedOnes = null)
    {
        var expanded = SweepExpansion.Expand(sweep, fixedOnes ?? ParameterSet.Empty);
        Assert.Empty(expanded.Problems);
        Assert.True(expanded.TryGet(out var expansion));
        return expansion;
    }

    private static string Shown(SweepExpansion expansion) => string.Join(' ', expansion.Points);

    [Fact]
    public void No_sweep_is_one_point_of_the_fixed_parameters()
    {
        Assert.Equal("epochs=5", Shown(Expand(Sweep.None, Epochs)));
    }

    [Fact]
    public void In_a_grid_the_last_parameter_varies_fastest()
    {
        var sweep = new Sweep { Grid = [Axis("a", 1, 2), Axis("b", 3, 4)] };

        Assert.Equal("a=1,b=3 a=1,b=4 a=2,b=3 a=2,b=4", Shown(Expand(sweep)));
    }

    [Fact]
    public void Zip_goes_together_and_list_is_written_out()
    {
        var sweep = new Sweep { Zip = [Axis("a", 1, 2), Axis("b", 3, 4)], List = [Point("c", 5), Point("c", 6)] };

        Assert.Equal("a=1,b=3,c=5 a=1,b=3,c=6 a=2,b=4,c=5 a=2,b=4,c=6", Shown(Expand(sweep)));
    }

    [Fact]
    public void A_swept_value_wins_over_a_fixed_one()
    {
        var sweep = new Sweep { Grid = [Axis("epochs", 1, 2), Axis("b", 3)] };

        Assert.Equal("epochs=1,b=3 epochs=2,b=3", Shown(Expand(sweep, Epochs)));
    }

    [Fact]
    public void Equal_points_are_made_once_and_counted()
    {
        var sweep = new Sweep
        {
            Grid = [Axis("a", 1, 1, 2), Axis("b", 3)],
            Include = [Point("a", 2, "b", 3), Point("a", 9, "b", 9)],
        };

        var expansion = Expand(sweep);

        Assert.Equal("a=1,b=3 a=2,b=3 a=9,b=9", Shown(expansion));
        Assert.Equal(2, expansion.Duplicates);
    }

    [Fact]
    public void An_exclusion_takes_every_point_that_agrees_with_it()
    {
        var sweep = new Sweep
        {
            Grid = [Axis("a", 1, 2), Axis("b", 3, 4)],
            Exclude = [Point("a", 1), Point("a", 2, "b", 4), Point("a", 7), Point("epochs", 6)],
        };

        var expansion = Expand(sweep, Epochs);

        Assert.Equal("epochs=5,a=2,b=3", Shown(expansion));
        Assert.Equal(3, expansion.Excluded);
        Assert.Equal([2, 3], expansion.Idle);
    }

    [Fact]
    public void Included_points_alone_are_the_whole_sweep()
    {
        var sweep = new Sweep { Include = [Point("a", 1), Point("a", 2)] };

        Assert.Equal("epochs=5,a=1 epochs=5,a=2", Shown(Expand(sweep, Epochs)));
    }

    [Fact]
    public void Too_many_points_are_refused_before_they_are_made()
    {
        var values = Enumerable.Range(0, 1000).ToArray();
        var sweep = new Sweep { Grid = [Axis("a", values), Axis("b", values), Axis("c", values)] };

        var problem = Assert.Single(SweepExpansion.Expand(sweep, ParameterSet.Empty).Problems);

        Assert.Equal(
            "'sweep' has 1,000,000,000 points; at most 10,000,000 are possible. Leave values out, or draw some of them with 'random'.",
            problem.ToString()
        );
    }

    [Fact]
    public void A_grid_has_the_product_of_its_axes_all_different()
    {
        Gen.Int[1, 5]
            .Array[0, 5]
            .Sample(lengths =>
            {
                var grid = lengths.Select((length, i) => Axis($"p{i}", [.. Enumerable.Range(0, length)])).ToList();
                var points = Expand(new Sweep { Grid = grid }).Points;
                Assert.Equal(lengths.Aggregate(1, (product, length) => product * length), points.Count);
                Assert.Equal(points.Count, points.Distinct().Count());
            });
    }

    [Fact]
    public void Made_excluded_and_doubled_points_add_up()
    {
        var axis = Gen.Int[0, 3].Array[1, 5];
        Gen.Select(axis, axis, axis)
            .Sample(
                (a, b, excluded) =>
                {
                    var sweep = new Sweep
                    {
                        Grid = [Axis("a", a), Axis("b", b)],
                        Exclude = [.. excluded.Select(value => Point("a", value))],
                    };
                    var expansion = Expand(sweep);
                    Assert.Equal(
                        SweepExpansion.Count(sweep),
                        expansion.Points.Count + expansion.Duplicates + expansion.Excluded
                    );
                }
            );
    }
}
