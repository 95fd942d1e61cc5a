using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Lvq;

public sealed class LvqQuantiserTests
{
    // Values evenly spread over a row's range are off by step²/12 on average, but for the two that make the range.
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void The_error_is_a_twelfth_of_the_square_of_a_rows_own_step(int bits)
    {
        const int d = 2000;
        var random = new RandomSequence(31);
        // Each row is there with both signs, so that the mean is 0 and takes nothing off.
        var values = new float[200 * d];
        for (var i = 0; i < values.Length; i++)
            values[i] = i / d % 2 == 1 ? -values[i - d] : (float)((random.NextDouble() - .5) * (1 + (i / d / 2 % 4)));
        var rows = new MemoryVectors("even rows of four sizes", values, d);

        var error = Codes.Train(Codes.Settings("lvq", $"bits={bits}"), rows).Error(rows);

        var steps = Math.Pow((1 << bits) - 1, -2);
        var expected = d * steps / 12 * new[] { 1, 4, 9, 16 }.Average();
        Assert.Equal(expected, error, expected * .02);
    }

    [Fact]
    public void A_code_is_levels_then_the_least_coordinate_and_the_step()
    {
        var quantiser = Codes.Train(
            Codes.Settings("lvq", "bits=2"),
            new MemoryVectors("two", [0, 0, 0, 0, 0, 2, 2, 2, 2, 2], 5)
        );

        var code = quantiser.Encode(new MemoryVectors("one", [0, 1, 2, 3, 1], 5));

        // Off the mean, 1: −1, 0, 1, 2, 0 are levels 0, 1, 2, 3, 1 from −1 on in steps of 1.
        Assert.Equal([0b11_10_01_00, 0b01], code[..2]);
        Assert.Equal(-1, BitConverter.ToSingle(code, 2));
        Assert.Equal(1, BitConverter.ToSingle(code, 6));
        Assert.Equal([0, 1, 2, 3, 1], quantiser.Decode(code));
        Assert.Equal((10, 8), (quantiser.CodeBytes, quantiser.SideBytes));
    }

    [Theory]
    [InlineData(8, Metric.L2)]
    [InlineData(4, Metric.InnerProduct)]
    [InlineData(3, Metric.L2)]
    public void Distances_to_codes_are_those_to_what_they_decode_to(int bits, Metric metric)
    {
        var rows = Codes.Gaussian(100, 77, 2);
        var quantiser = Codes.Train(Codes.Settings("lvq", $"bits={bits}"), rows);
        var codes = quantiser.Encode(rows);
        var query = Codes.Gaussian(1, 77, 9).Values;
        var decoding = new DecodingEstimator(quantiser, metric);
        decoding.Prepare(query);
        var expected = new float[100];
        decoding.Distances(codes, expected);

        Assert.All(
            quantiser.Distances(metric, query, codes).Zip(expected),
            pair => Assert.Equal(pair.Second, pair.First, 1e-3)
        );
    }
}
