using System.Globalization;
using Expflow.Parameters;

namespace Expflow.Sweeps;

/// <summary>Draws the values of a random sweep.</summary>
internal static class RandomPoints
{
    /// <summary>One column of values per parameter.</summary>
    public static ParameterValue[][] Draw(RandomSweep sweep) =>
        [.. sweep.Parameters.Select(drawn => Column(drawn, sweep.Seed, (int)sweep.Count))];

    private static ParameterValue[] Column(DrawnParameter drawn, long seed, int count)
    {
        var random = new SweepRandom(seed, drawn.Name);
        var column = new ParameterValue[count];
        for (var i = 0; i < count; i++)
            column[i] = One(drawn.From, random);
        return column;
    }

    private static ParameterValue One(Distribution from, SweepRandom random) =>
        from switch
        {
            Distribution.Uniform(var low, var high) => Rounded(low + (random.NextDouble() * (high - low)), low, high),
            Distribution.LogUniform(var low, var high) => Rounded(
                low * Math.Exp(random.NextDouble() * Math.Log(high / low)),
                low,
                high
            ),
            Distribution.Integers(var low, var high) => ParameterValue.Of(
                unchecked((long)((ulong)low + random.NextBelow((ulong)high - (ulong)low + 1)))
            ),
            Distribution.Choice(var values) => values[(int)random.NextBelow((ulong)values.Count)],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // Six digits: short enough for a folder's name, and the same with every machine's logarithm.
    private static ParameterValue Rounded(double value, double low, double high) =>
        ParameterValue.Of(
            Math.Clamp(
                double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
                low,
                high
            )
        );
}
