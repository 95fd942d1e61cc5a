using VectorQuantization.Quantisers.Scalar;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Scalar;

public sealed class GaussianLevelsTests
{
    [Theory]
    [InlineData(1, .36338023)]
    [InlineData(2, .11748185)]
    [InlineData(3, .03454776)]
    [InlineData(4, .00950101)]
    [InlineData(5, .00250467)]
    [InlineData(6, .00064424)]
    public void Errors_are_those_of_Lloyds_converged_iterations(int bits, double error) =>
        Assert.Equal(error, GaussianLevels.Of(bits).Error, 6e-9);

    [Fact]
    public void Eight_bits_come_near_the_limit_of_Panter_and_Dite() =>
        Assert.InRange(GaussianLevels.Of(8).Error, 4.10e-5, Math.PI * Math.Sqrt(3) / 2 / 65536);

    [Fact]
    public void Levels_are_those_of_Max()
    {
        Assert.Equal(.79788, GaussianLevels.Of(1).Levels[1], 5e-6);
        Assert.Equal([-1.5104, -.4528, .4528, 1.5104], Rounded(GaussianLevels.Of(2).Levels));
        Assert.Equal([.2451, .7560, 1.3439, 2.1519], Rounded(GaussianLevels.Of(3).Levels[4..]));
        Assert.Equal(
            [.1284, .3880, .6568, .9423, 1.2562, 1.6180, 2.0690, 2.7326],
            Rounded(GaussianLevels.Of(4).Levels[8..])
        );
    }

    [Theory]
    [InlineData(1, 1.59577, .36338)]
    [InlineData(2, .99569, .11884605)]
    [InlineData(3, .58602, .03743966)]
    [InlineData(4, .33520, .01154288)]
    [InlineData(5, .18814, .00349521)]
    [InlineData(6, .10406, .00104005)]
    [InlineData(7, .05687, .00030433)]
    [InlineData(8, .03076, .00008769)]
    public void The_best_even_step_and_its_error_are_known(int bits, double step, double error)
    {
        Assert.Equal(step, GaussianLevels.EvenStep(bits), 6e-6);
        Assert.Equal(error, GaussianLevels.EvenError(bits, GaussianLevels.EvenStep(bits)), bits == 1 ? 3e-7 : 6e-9);
    }

    private static double[] Rounded(double[] levels) => [.. levels.Select(level => Math.Round(level, 4))];
}
