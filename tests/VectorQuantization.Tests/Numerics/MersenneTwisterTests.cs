using VectorQuantization.Numerics;
using Xunit;

namespace VectorQuantization.Tests.Numerics;

/// <summary>Golden values: numpy 1.24.2.</summary>
public sealed class MersenneTwisterTests
{
    [Fact]
    public void The_bounded_numbers_of_seed_42_are_numpys()
    {
        // r = RandomState(42); i = r.randint(0, 10000, 1000); j = r.randint(0, 10000, 1000)
        var random = new MersenneTwister(42);

        var numbers = Enumerable.Range(0, 2000).Select(_ => random.NextBelow(10_000)).ToArray();

        Assert.Equal([7270, 860, 5390, 5191, 5734], numbers[..5]);
        Assert.Equal([9831, 827, 3531, 7147, 4451], numbers[1000..1005]);
    }

    [Fact]
    public void Bounds_beyond_32_bits_take_two_draws()
    {
        // RandomState(7).randint(0, 10**12, 3)
        var random = new MersenneTwister(7);

        Assert.Equal(
            [752595690692, 108744157686, 291964244179],
            new[]
            {
                random.NextBelow(1_000_000_000_000),
                random.NextBelow(1_000_000_000_000),
                random.NextBelow(1_000_000_000_000),
            }
        );
    }

    [Fact]
    public void The_first_output_of_seed_5489_is_that_of_the_reference_code() =>
        Assert.Equal(3499211612u, new MersenneTwister(5489).Next());
}
