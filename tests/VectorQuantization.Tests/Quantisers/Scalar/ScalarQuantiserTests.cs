using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Scalar;

public sealed class ScalarQuantiserTests
{
    // FAISS 1.7.3, IndexScalarQuantizer trained on all 60,000 rows.
    [Theory]
    [InlineData(8, 192.1, .05)]
    [InlineData(6, 2094.8, .05)]
    [InlineData(4, 37465.1, 1)]
    public void Centres_lose_on_Fashion_MNIST_what_FAISS_loses(int bits, double error, double tolerance)
    {
        var quantiser = Codes.Train(Codes.Settings("sq", $"bits={bits} decode=centre"), Codes.Pictures);

        Assert.Equal(error, quantiser.Error(Codes.Pictures), tolerance);
        Assert.Equal(784 * bits / 8, quantiser.CodeBytes);
    }

    [Theory]
    [InlineData(4, 22.618075)]
    [InlineData(8, .078219)]
    public void Levels_lose_on_the_dummy_data_what_the_original_loses(int bits, double error) =>
        Assert.Equal(
            error,
            Codes.Train(Codes.Settings("sq", $"bits={bits}"), Codes.Dummy).Error(Codes.Dummy),
            error * 1e-5
        );

    [Fact]
    public void Whole_numbers_up_to_255_come_back_from_8_bits_when_levels_are_decoded()
    {
        var quantiser = Codes.Train(Codes.Settings("sq", "bits=8"), Codes.Pictures);

        Assert.InRange(quantiser.Error(Codes.Pictures), 0, 40);
    }

    [Theory]
    [InlineData("level")]
    [InlineData("centre")]
    public void The_error_on_even_values_is_a_twelfth_of_the_steps_square(string decode)
    {
        var random = new RandomSequence(1);
        var rows = new MemoryVectors(
            "even",
            [.. Enumerable.Range(0, 400_000).Select(_ => (float)random.NextDouble())],
            4
        );

        var error = Codes.Train(Codes.Settings("sq", $"bits=5 decode={decode}"), rows).Error(rows);

        Assert.Equal(4 / 12.0 / (31 * 31), error, error * .01);
    }

    [Fact]
    public void Values_beyond_the_training_range_go_to_the_outermost_levels()
    {
        var quantiser = Codes.Train(Codes.Settings("sq", "bits=8"), new MemoryVectors("two rows", [0, -1, 1, 1], 2));

        var codes = quantiser.Encode(new MemoryVectors("far", [1e30f, -7, -3, 1.2f], 2));

        Assert.Equal([255, 0, 0, 255], codes);
        Assert.Equal([1, -1, 0, 1], quantiser.Decode(codes).Select(value => MathF.Round(value, 6)));
    }

    [Theory]
    [InlineData("bits=8 range=uniform")]
    [InlineData("bits=4 range=quantile tail=0.01")]
    [InlineData("bits=3 range=lloyd")]
    [InlineData("bits=16 range=uniform")]
    public void What_was_decoded_codes_as_before(string settings)
    {
        var rows = Codes.Gaussian(300, 17, 2);
        var quantiser = Codes.Train(Codes.Settings("sq", settings), rows);
        var codes = quantiser.Encode(rows);

        Assert.Equal(codes, quantiser.Encode(new MemoryVectors("decoded", quantiser.Decode(codes), 17)));
    }

    [Theory]
    [InlineData(Metric.L2, "bits=8")]
    [InlineData(Metric.InnerProduct, "bits=8")]
    [InlineData(Metric.L2, "bits=4")]
    [InlineData(Metric.Cosine, "bits=5 decode=centre")]
    [InlineData(Metric.L2, "bits=3 range=lloyd")]
    public void Distances_to_codes_are_those_to_what_they_decode_to(Metric metric, string settings)
    {
        var rows = Codes.Gaussian(100, 77, 2);
        var quantiser = Codes.Train(Codes.Settings("sq", settings), rows);
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

    [Fact]
    public void Lloyd_beats_even_levels_and_quantiles_beat_the_full_range_on_normal_values()
    {
        var rows = Codes.Gaussian(20_000, 3, 6);

        double Error(string settings) => Codes.Train(Codes.Settings("sq", settings), rows).Error(rows);

        Assert.Equal(3 * .00950101, Error("bits=4 range=lloyd"), 6e-4);
        Assert.Equal(3 * .00950101, Error("bits=4 range=gaussian"), 9e-4);
        Assert.True(Error("bits=4 range=quantile tail=0.005") < Error("bits=4 range=uniform"));
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_told_at_once()
    {
        var problems = new ProblemList();

        Codes.Settings("sq", "bits=16 range=lloyd decode=centre").Check(10, 0, problems);

        var told = Assert.Throws<BadInputException>(problems.ThrowIfAny).Problems;
        Assert.Equal(3, told.Count);
        Assert.Contains("'--range lloyd'", told[0], StringComparison.Ordinal);
    }
}
