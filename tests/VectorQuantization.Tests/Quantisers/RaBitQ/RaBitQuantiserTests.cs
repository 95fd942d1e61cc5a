using VectorQuantization.Numerics;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers.RaBitQ;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.RaBitQ;

public sealed class RaBitQuantiserTests
{
    private const string Plain = "bits=1 rotation=none centre=origin";

    // FAISS's RaBitQuantizer without rotation, from the origin, on numpy's RandomState(42).randn(10000, 1024).
    [Fact]
    public void Signs_of_the_dummy_data_lose_what_FAISS_loses()
    {
        var quantiser = (RaBitQuantiser)Codes.Train(Codes.Settings("rabitq", Plain), Codes.Dummy);
        var codes = quantiser.Encode(Codes.Dummy);
        var (point, levels) = (new float[1024], new byte[1024]);
        double unbiased = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var code = codes.AsSpan(i * quantiser.CodeBytes, quantiser.CodeBytes);
            quantiser.Layout.Point(code, levels, point);
            Kernels.Scale(point, quantiser.Layout.Factors(code).Rescale);
            unbiased += Kernels.SquaredDistance(point, Codes.Dummy.Values.Slice(i * 1024, 1024));
        }

        Assert.Equal(583.928790, unbiased / 10_000, 1e-4);
        Assert.Equal(371.707500, quantiser.Error(Codes.Dummy), 1e-4);
        Assert.Equal((1024 / 8) + 8, quantiser.CodeBytes);
        Assert.Equal(8, quantiser.SideBytes);
    }

    // The estimate differs from the distance to the decoded row by its scale alone, which the row's own cosine tells.
    [Theory]
    [InlineData(1, Metric.InnerProduct)]
    [InlineData(2, Metric.L2)]
    [InlineData(5, Metric.L2)]
    [InlineData(9, Metric.Cosine)]
    public void Estimates_are_made_of_the_grid_point_that_is_decoded(int bits, Metric metric)
    {
        const int d = 77;
        var rows = Codes.Gaussian(60, d, 21);
        var quantiser = (RaBitQuantiser)Codes.Train(Codes.Settings("rabitq", $"bits={bits} centre=origin"), rows);
        var codes = quantiser.Encode(rows);
        var decoded = quantiser.Decode(codes);
        var query = Codes.Gaussian(1, d, 22).Values;

        var distances = quantiser.Distances(metric, query, codes);

        for (var i = 0; i < 60; i++)
        {
            var row = rows.Values.Slice(i * d, d);
            var near = decoded.AsSpan(i * d, d);
            var cosine = Kernels.Dot(row, near) / Math.Sqrt(Kernels.Dot(row, row) * Kernels.Dot(near, near));
            var inner = Kernels.Dot(query, near) / cosine / cosine;
            var expected =
                metric == Metric.L2 ? Kernels.Dot(row, row) + Kernels.Dot(query, query) - (2 * inner) : -inner;
            Assert.Equal(expected, distances[i], 2e-3);
        }
    }

    [Fact]
    public void A_row_at_the_centre_decodes_to_the_centre()
    {
        var rows = new MemoryVectors("three", [1, 2, 3, 3, 2, 1, 2, 2, 2], 3);
        var quantiser = Codes.Train(Codes.Settings("rabitq", "bits=4"), rows);

        var codes = quantiser.Encode(new MemoryVectors("centre", [2, 2, 2], 3));

        Assert.Equal([2, 2, 2], quantiser.Decode(codes));
        Assert.Equal(3, quantiser.Distances(Metric.L2, [3, 3, 3], codes)[0], 1e-5);
    }

    [Fact]
    public void Rounding_queries_for_more_than_one_bit_is_refused()
    {
        var problems = new ProblemList();

        Codes.Settings("rabitq", "bits=3 query-bits=4").Check(10, 100, problems);

        Assert.Contains(
            "'query-bits=4'",
            Assert.Throws<BadInputException>(problems.ThrowIfAny).Message,
            StringComparison.Ordinal
        );
    }
}
