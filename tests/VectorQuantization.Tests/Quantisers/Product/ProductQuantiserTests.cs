using VectorQuantization.Formats;
using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Product;

public sealed class ProductQuantiserTests
{
    private static readonly Lazy<MemoryVectors> Dummy = new(() => DummyVectors.Create(10_000, 1024));

    // FAISS 1.7.3's error per row, trained and tried on the same rows; k-means from another start may differ by 0.3 %.
    [Theory]
    [InlineData(8, 916.885646)]
    [InlineData(16, 844.417211)]
    [InlineData(32, 721.459078)]
    public void The_error_on_random_rows_is_that_of_Faiss(int m, double faiss)
    {
        using var quantiser = Train(Dummy.Value, m, 8);

        Assert.InRange(Error(quantiser, Dummy.Value), 0.997 * faiss, 1.003 * faiss);
    }

    [Theory]
    [InlineData(16, 4, 1_175_746)]
    [InlineData(16, 8, 560_431)]
    public void The_error_on_Fashion_MNIST_is_that_of_Faiss_or_less(int m, int bits, double faiss)
    {
        using var rows = FashionMnist.OpenBase(FashionMnist.Require(_ => null));

        using var quantiser = Train(rows, m, bits);

        Assert.InRange(Error(quantiser, rows), 0.95 * faiss, 1.005 * faiss);
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
        var rows = Gaussian(60_000, 4, seed: 1);

        using var quantiser = Train(rows, 4 / coordinates, 8, iterations: 100);

        Assert.InRange(Error(quantiser, Gaussian(60_000, 4, seed: 2)) / 4, shannon, above * estimate);
    }

    [Fact]
    public void A_row_has_the_same_code_whatever_rows_it_comes_with()
    {
        var rows = Gaussian(700, 24, seed: 3);
        using var quantiser = Train(rows, 6, 5);
        var together = Encode(quantiser, rows);

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
        var rows = Gaussian(5000, 10, seed: 4);
        using var quantiser = Train(rows, 5, bits, iterations: 3);
        var codes = Encode(quantiser, rows);
        var decoded = Decode(quantiser, codes);

        Assert.Equal(codes, Encode(quantiser, decoded));
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
        var rows = Gaussian(999, 40, seed: 5);
        using var quantiser = Train(rows, m, bits, iterations: 2);
        var codes = Encode(quantiser, rows);
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
        var rows = Gaussian(3000, 12, seed: 6);
        using var one = Train(rows, 3, 6, threads: 1);
        using var four = Train(rows, 3, 6, threads: 4);

        Assert.Equal(Saved(one), Saved(four));
    }

    [Fact]
    public void What_was_saved_codes_as_before()
    {
        var rows = Gaussian(500, 12, seed: 7);
        using var quantiser = Train(rows, 4, 4);
        using var reader = new BinaryReader(new MemoryStream(Saved(quantiser)));

        var again = QuantiserCatalogue.Find("pq")!.Load(reader);

        Assert.Equal(Encode(quantiser, rows), Encode(again, rows));
        Assert.Equal(quantiser.CodeBytes, again.CodeBytes);
    }

    [Fact]
    public void Settings_that_do_not_fit_the_data_are_told_together()
    {
        var settings = Settings(("m", "10"), ("bits", "9"));
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
        var settings = Settings(("m", "56"));

        Assert.Equal("PQ 56x8", settings.Label);
        Assert.Equal(56, settings.CodeBytes(784));
        Assert.Equal(
            "m=56 bits=8 iterations=25 restarts=1 sample=256",
            string.Join(' ', settings.Values.Select(value => $"{value.Name}={value.Value}"))
        );
    }

    private static QuantiserSettings Settings(params (string Name, string Value)[] given) =>
        QuantiserCatalogue
            .Find("pq")!
            .Read(new SettingValues("pq", given.ToDictionary(value => value.Name, value => value.Value)));

    private static ProductQuantiser Train(VectorSet rows, int m, int bits, int iterations = 25, int threads = 2) =>
        (ProductQuantiser)new ProductSettings(m, bits, iterations, 1, 256).Train(rows, new Training(1, threads));

    private static byte[] Encode(Quantiser quantiser, MemoryVectors rows) => Encode(quantiser, rows.Values);

    private static byte[] Encode(Quantiser quantiser, ReadOnlySpan<float> rows)
    {
        var codes = new byte[rows.Length / quantiser.Dimension * quantiser.CodeBytes];
        quantiser.Encode(rows, codes);
        return codes;
    }

    private static float[] Decode(Quantiser quantiser, byte[] codes)
    {
        var rows = new float[codes.Length / quantiser.CodeBytes * quantiser.Dimension];
        quantiser.Decode(codes, rows);
        return rows;
    }

    private static byte[] Saved(Quantiser quantiser)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        quantiser.Write(writer);
        return stream.ToArray();
    }

    private static double Error(Quantiser quantiser, VectorSet rows)
    {
        const int block = 1000;
        var errors = new double[RowBlocks.Count(rows.Count, block)];
        RowBlocks.ForEach(
            rows.Count,
            block,
            2,
            (number, first, count) =>
            {
                var x = new float[count * rows.Dimension];
                rows.Read(first, x);
                var y = Decode(quantiser, Encode(quantiser, x));
                errors[number] = x.Zip(y, (a, b) => Math.Pow((double)a - b, 2)).Sum();
            }
        );
        return errors.Sum() / rows.Count;
    }

    private static MemoryVectors Gaussian(int rows, int dimension, ulong seed)
    {
        var random = new RandomSequence(seed);
        return new(
            "rows",
            [.. Enumerable.Range(0, rows * dimension).Select(_ => (float)random.NextGaussian())],
            dimension
        );
    }
}
