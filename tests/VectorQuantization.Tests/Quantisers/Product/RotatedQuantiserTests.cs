using VectorQuantization.Quantisers;
using VectorQuantization.Quantisers.Product;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Product;

public sealed class RotatedQuantiserTests
{
    private static readonly Lazy<MemoryVectors> Pictures = new(() =>
        new("pictures", [.. Codes.Pictures.Values[..(2000 * 784)]], 784)
    );

    [Fact]
    public void Started_from_the_identity_it_is_never_worse_than_pq_on_the_rows_it_learnt_from()
    {
        const string settings = "m=8 bits=5 iterations=10";
        var pq = Codes.Train(Codes.Settings("pq", settings), Pictures.Value);
        var unturned = Codes.Train(Codes.Settings("opq", $"{settings} start=identity rounds=0"), Pictures.Value);
        var turned = Codes.Train(Codes.Settings("opq", $"{settings} start=identity rounds=4"), Pictures.Value);

        Assert.InRange(unturned.Error(Pictures.Value), 0, 1.000001 * pq.Error(Pictures.Value));
        Assert.InRange(turned.Error(Pictures.Value), 0, 0.97 * pq.Error(Pictures.Value));
    }

    // Coordinates that come in equal pairs: cut between them, PQ spends bits twice; turned, half the parts stand still.
    [Theory]
    [InlineData("eigen", 0, 0.5)]
    [InlineData("random", 10, 0.6)]
    public void A_rotation_that_takes_rows_apart_is_found(string start, int rounds, double below)
    {
        var half = Codes.Gaussian(4000, 4, seed: 1);
        var doubled = new MemoryVectors(
            "doubled",
            [.. Enumerable.Range(0, 4000 * 8).Select(i => half.Values[i / 8 * 4 + i % 4])],
            8
        );
        var pq = Codes.Train(Codes.Settings("pq", "m=4 bits=4"), doubled);

        var opq = Codes.Train(Codes.Settings("opq", $"m=4 bits=4 start={start} rounds={rounds}"), doubled);

        Assert.InRange(opq.Error(doubled), 0, below * pq.Error(doubled));
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    public void Distances_to_codes_are_those_to_what_they_decode_to(Metric metric)
    {
        var rows = Codes.Gaussian(300, 12, seed: 2);
        var quantiser = Codes.Train(Codes.Settings("opq", "m=3 bits=4 rounds=2"), rows);
        var codes = quantiser.Encode(rows);
        var query = rows.Values[..12];
        var plain = new DecodingEstimator(quantiser, metric);
        plain.Prepare(query);
        var expected = new float[300];
        plain.Distances(codes, expected);

        Assert.All(
            expected.Zip(quantiser.Distances(metric, query, codes)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-3f)
        );
    }

    [Fact]
    public void What_was_saved_codes_as_before_on_any_number_of_threads()
    {
        var rows = Codes.Gaussian(2000, 24, seed: 3);
        var settings = Codes.Settings("opq", "m=6 bits=4 rounds=3");
        var one = Codes.Train(settings, rows, threads: 1);
        var four = Codes.Train(settings, rows, threads: 4);

        Assert.Equal(one.Encode(rows), four.WrittenAndLoaded().Encode(rows));
        Assert.Equal((24 * 16 * 4) + (24 * 24 * 4), one.ModelBytes);
        Assert.Equal(settings.CodeBytes(24), one.CodeBytes);
    }

    [Fact]
    public void Axes_are_dealt_out_to_parts_of_equal_variance() =>
        Assert.Equal(
            [
                [0, 5],
                [1, 4],
                [2, 3],
            ],
            EigenvalueAllocation.Deal([32, 16, 8, 4, 2, 1], 3)
        );
}
