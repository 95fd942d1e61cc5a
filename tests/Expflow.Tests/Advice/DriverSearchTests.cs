using CsCheck;
using Expflow.Advice;
using Expflow.Parameters;
using Xunit;

namespace Expflow.Tests.Advice;

public sealed class DriverSearchTests
{
    // Tables of the F distribution: the 5 % and the 1 % points.
    [Theory]
    [InlineData(4.965, 1, 10, 0.05)]
    [InlineData(10.044, 1, 10, 0.01)]
    [InlineData(3.098, 3, 20, 0.05)]
    [InlineData(4.938, 3, 20, 0.01)]
    [InlineData(1.0, 7, 7, 0.5)]
    [InlineData(0.0, 3, 20, 1.0)]
    [InlineData(double.PositiveInfinity, 3, 20, 0.0)]
    public void The_chance_of_an_f_is_that_of_the_tables(double f, int between, int within, double chance) =>
        Assert.Equal(chance, FTest.Chance(f, between, within), 3);

    [Fact]
    public void The_parameter_that_explains_the_most_is_found_among_others()
    {
        var told = Grid((width, _, seed) => (100 * width) + seed);
        var driver = DriverSearch.Find(told)!;
        Assert.Equal("width", driver.Parameter);
        Assert.InRange(driver.Share, 0.99, 1);
        Assert.Empty(driver.Also);
    }

    [Fact]
    public void Chance_alone_has_no_parameter() =>
        // A hundredth of such tables may name one, as a hundredth is what the test lets through.
        Gen.Double[1, 2]
            .Array[24]
            .Array[50]
            .Sample(
                tables =>
                    Assert.InRange(
                        tables.Count(values =>
                        {
                            var next = 0;
                            return DriverSearch.Find(Grid((_, _, _) => values[next++])) is not null;
                        }),
                        0,
                        5
                    ),
                iter: 20,
                seed: "0000KOIV5lgR"
            );

    [Fact]
    public void Too_few_runs_tell_of_no_parameter() =>
        Assert.Null(DriverSearch.Find([.. Grid((width, _, _) => width).Take(5)]));

    [Fact]
    public void A_difference_smaller_than_the_headroom_is_none() =>
        Assert.Null(DriverSearch.Find(Grid((width, _, _) => 1000 + width)));

    [Fact]
    public void Parameters_that_change_together_are_all_named()
    {
        var told = Grid((width, _, seed) => (100 * width) + seed)
            .Select(one => one with { Parameters = one.Parameters.With(Set("depth", one.Parameters["width"])) });
        Assert.Equal(["depth"], DriverSearch.Find([.. told])!.Also);
    }

    [Fact]
    public void Very_many_values_are_put_into_ranges()
    {
        var told = Enumerable
            .Range(0, 60)
            .Select(i => new Sighting(Set("lr", ParameterValue.Of(i / 100.0)), 100 + (i * 10), SightingKind.Finished));
        var driver = DriverSearch.Find([.. told])!;
        Assert.Equal("0..0.14", driver.Groups.Of(Set("lr", ParameterValue.Of(0.07))));
        Assert.Equal("0.45..0.59", driver.Groups.Of(Set("lr", ParameterValue.Of(0.59))));
        Assert.Equal("7", driver.Groups.Of(Set("lr", ParameterValue.Of(7))));
    }

    private static List<Sighting> Grid(Func<double, string, int, double> law) =>
        [
            .. from width in (double[])[1, 2, 4, 8]
            from model in (string[])["a", "b"]
            from seed in (int[])[0, 1, 2]
            select new Sighting(
                Set("width", ParameterValue.Of(width))
                    .With(Set("model", ParameterValue.Of(model)))
                    .With(Set("seed", ParameterValue.Of((long)seed))),
                law(width, model, seed),
                SightingKind.Finished
            ),
        ];

    private static ParameterSet Set(string name, ParameterValue value) =>
        ParameterSet.Of([KeyValuePair.Create(name, value)]);
}
