using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Product;

public sealed class ProductQuantiserTests
{
    // FAISS 1.7.3's error per row, trained and tried on the same rows; k-means from another start may differ by 0.3 %.
    [Theory]
    [InlineData(8, 916.885646)]
    [InlineData(16, 844.417211)]
    [InlineData(32, 721.459078)]
    public void The_error_on_random_rows_is_that_of_Faiss(int m, double faiss)
    {
        using var quantiser = Train(Codes.Dummy, m, 8);

        Assert.InRange(quantiser.Error(Codes.Dummy), 0.997 * faiss, 1.003 * faiss);
    }

    [Theory]
    [InlineData(16, 4, 1_175_746)]
    [InlineData(16, 8, 560_431)]
    public void The_error_on_Fashion_MNIST_is_that_of_Faiss_or_less(int m, int bits, double faiss)
    {
        using var quantiser = Train(Codes.Pictures, m, bits);

        Assert.InRange(quantiser.Error(Codes.Pictures), 0.95 * faiss, 1.003 * faiss);
    }

    // Per coordinate of i.i.d. N(0, 1): above Shannon's 256^(−2/k), and near Gersho's high-rate estimate for k coordinates.
    // Lloyd's iterations on a line would need thousands to come near it.
    [Theory]
    [InlineData(1, 1.5e-5, 4.15e-5, 1.4)]
    [InlineData(2, .0039, .00787, 1.1)]
    [InlineData(4, .0625, .1015, 1.1)]
    public void The_error_on_Gaussian_rows_lies_between_Shannons_bound_and_the_high_rate_estimate(
        int coordinates,
        double shannon,
        double estimate,
        double above
    )
    {
        var rows = Codes.Gaussian(60_000, 4, seed: 1);

        using var quantiser = Train(rows, 4 / coordinates, 8, iterations: 100);

        Assert.InRange(quantiser.Error(Codes.Gaussian(60_000, 4, seed: 2)) / 4, shannon, above * estimate);
    }

    [Fact]
    public void A_row_has_the_same_code_whatever_rows_it_comes_with()
    {
        var rows = Codes.Gaussian(700, 24, seed: 3);
        using var quantiser = Train(rows, 6, 5);
        var together = quantiser.Encode(rows);

        for (var row = 699; row >= 0; row -= 7)
        {
            var alone = new byte[quantiser.CodeBytes];
            quantiser.Encode(rows.Values.Slice(row * 24, 24), alone);
            Assert.Equal(together[(row * quantiser.CodeBytes)..][..quantiser.CodeBytes], alone);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(12)]
    public void A_decoded_row_has_the_code_that_it_came_from(int bits)
    {
        var rows = Codes.Gaussian(5000, 10, seed: 4);
        using var quantiser = Train(rows, 5, bits, iterations: 3);
        var codes = quantiser.Encode(rows);
        var decoded = quantiser.Decode(codes);

        Assert.Equal(codes, quantiser.Encode(new MemoryVectors("decoded", decoded, 10)));
        Assert.Equal(((5 * bits) + 7) / 8, quantiser.CodeBytes);
        Assert.Equal(10L * 4 << bits, quantiser.ModelBytes);
    }

    [Theory]
    [InlineData(8, 4, Metric.L2)]
    [InlineData(5, 4, Metric.InnerProduct)]
    [InlineData(5, 8, Metric.L2)]
    [InlineData(5, 8, Metric.Cosine)]
    [InlineData(4, 6, Metric.L2)]
    public void Distances_to_codes_are_those_to_what_they_decode_to(int m, int bits, Metric metric)
    {
        var rows = Codes.Gaussian(999, 40, seed: 5);
        using var quantiser = Train(rows, m, bits, iterations: 2);
        var codes = quantiser.Encode(rows);
        var plain = new DecodingEstimator(quantiser, metric);
        var quick = quantiser.EstimatorOf(metric);
        var expected = new float[999];
        var found = new float[999];
        foreach (var query in (int[])[0, 17])
        {
            plain.Prepare(rows.Values.Slice(query * 40, 40));
            quick.Prepare(rows.Values.Slice(query * 40, 40));
            plain.Distances(codes, expected);
            quick.Distances(codes, found);

            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * 40));
        }
    }

    [Fact]
    public void Training_on_four_threads_gives_the_bits_of_one()
    {
        var rows = Codes.Gaussian(3000, 12, seed: 6);
        using var one = Train(rows, 3, 6, threads: 1);
        using var four = Train(rows, 3, 6, threads: 4);

        for (var part = 0; part < 3; part++)
            Assert.Equal(one.Codebook(part).ToArray(), four.Codebook(part).ToArray());
    }

    [Fact]
    public void What_was_saved_codes_as_before()
    {
        var rows = Codes.Gaussian(500, 12, seed: 7);
        using var quantiser = Train(rows, 4, 4);

        var again = quantiser.WrittenAndLoaded();

        Assert.Equal(quantiser.Encode(rows), again.Encode(rows));
        Assert.Equal(quantiser.CodeBytes, again.CodeBytes);
    }

    [Fact]
    public void Settings_that_do_not_fit_the_data_are_told_together()
    {
        var settings = Codes.Settings("pq", "m=10 bits=9");
        var problems = new ProblemList();

        settings.Check(784, 400, problems);

        var refused = Assert.Throws<BadInputException>(problems.ThrowIfAny);
        Assert.Collection(
            refused.Problems,
            problem => Assert.Equal("'m=10' does not divide the dimension 784. Take 8 or 14.", problem),
            problem => Assert.Contains("512 centroids for each part, and there are only 400 rows", problem)
        );
    }

    [Fact]
    public void Settings_have_a_label_and_every_value_with_defaults()
    {
        var settings = Codes.Settings("pq", "m=56");

        Assert.Equal("PQ 56x8", settings.Label);
        Assert.Equal(56, settings.CodeBytes(784));
        Assert.Equal(
            "m=56 bits=8 iterations=25 restarts=1 sample=256",
            string.Join(' ', settings.Values.Select(value => $"{value.Name}={value.Value}"))
        );
    }

    private static ProductQuantiser Train(VectorSet rows, int m, int bits, int iterations = 25, int threads = 2) =>
        (ProductQuantiser)
            Codes.Train(Codes.Settings("pq", $"m={m} bits={bits} iterations={iterations}"), rows, threads: threads);
}
