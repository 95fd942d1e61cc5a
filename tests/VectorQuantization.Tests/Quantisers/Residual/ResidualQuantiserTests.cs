using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Residual;

public sealed class ResidualQuantiserTests
{
    private static readonly MemoryVectors Rows = Codes.Gaussian(3000, 8, seed: 1);

    [Fact]
    public void Every_stage_and_a_wider_beam_lessen_the_error()
    {
        double[] errors =
        [
            .. new[] { "stages=1", "stages=2 beam=1", "stages=2 beam=8", "stages=4 beam=8" }.Select(settings =>
                Codes.Train(Codes.Settings("rq", $"{settings} bits=4"), Rows).Error(Rows)
            ),
        ];

        Assert.Equal(errors.OrderDescending(), errors);
        // Shannon: 16 bits over 8 coordinates
        Assert.InRange(errors[^1], 8 * Math.Pow(4, -2), 8 * 0.2);
    }

    [Fact]
    public void With_a_beam_as_wide_as_all_beginnings_nothing_nearer_is_left()
    {
        var quantiser = Codes.Train(Codes.Settings("rq", "stages=2 bits=4 beam=16"), Rows);
        var codes = quantiser.Encode(Rows);
        var all = new byte[256 * quantiser.CodeBytes];
        for (var i = 0; i < 256; i++)
            all[i * quantiser.CodeBytes] = (byte)i;
        var choices = quantiser.Decode(all);
        var found = quantiser.Decode(codes);

        for (var row = 0; row < 200; row++)
        {
            var x = Rows.Values.Slice(row * 8, 8).ToArray();
            var nearest = choices.Chunk(8).Min(choice => Kernels.SquaredDistance(x, choice));
            Assert.Equal(nearest, Kernels.SquaredDistance(x, found.AsSpan(row * 8, 8)), 1e-4f);
        }
    }

    [Theory]
    [InlineData("bits=8 norm=float", Metric.L2, 4, 1e-3)]
    [InlineData("bits=8 norm=none", Metric.L2, 0, 1e-3)]
    [InlineData("bits=5 norm=float", Metric.L2, 4, 1e-3)]
    [InlineData("bits=8 norm=byte", Metric.L2, 1, 0.1)]
    [InlineData("bits=8 norm=none", Metric.InnerProduct, 0, 1e-3)]
    [InlineData("bits=6 norm=byte", Metric.Cosine, 1, 1e-3)]
    public void Distances_to_codes_are_those_to_what_they_decode_to(
        string settings,
        Metric metric,
        int sideBytes,
        double within
    )
    {
        var quantiser = Codes.Train(Codes.Settings("rq", $"stages=3 iterations=3 {settings}"), Rows);
        var codes = quantiser.Encode(Rows);
        var query = Rows.Values[..8];
        var plain = new DecodingEstimator(quantiser, metric);
        plain.Prepare(query);
        var expected = new float[Rows.Count];
        plain.Distances(codes, expected);

        Assert.Equal(sideBytes, quantiser.SideBytes);
        Assert.All(
            expected.Zip(quantiser.Distances(metric, query, codes)),
            pair => Assert.Equal(pair.First, pair.Second, within)
        );
    }

    [Fact]
    public void What_was_saved_codes_as_before_on_any_number_of_threads()
    {
        var settings = Codes.Settings("rq", "stages=3 bits=6 norm=byte");
        var one = Codes.Train(settings, Rows, threads: 1);
        var four = Codes.Train(settings, Rows, threads: 4);

        Assert.Equal(one.Encode(Rows), four.WrittenAndLoaded().Encode(Rows));
        Assert.Equal(settings.CodeBytes(8), one.CodeBytes);
        Assert.Equal(3 + 1, one.CodeBytes);
        Assert.Equal((3 * 64 * 8 * 4) + 8, one.ModelBytes);
    }

    [Fact]
    public void More_centroids_than_can_be_searched_together_are_refused()
    {
        var problems = new ProblemList();

        Codes.Settings("rq", "stages=33").Check(8, 100, problems);

        var refused = Assert.Throws<BadInputException>(problems.ThrowIfAny);
        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("8448 centroids, and at most 8192", refused.Problems[0]);
    }
}
