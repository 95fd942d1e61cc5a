using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.RaBitQ;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.RaBitQ;

/// <summary>What the paper proves, on rows whose directions are evenly spread, so that a rotation would change nothing.</summary>
public sealed class RaBitQLawTests
{
    private const string Plain = "bits=1 rotation=none centre=origin";

    // √(D/π)·2·Γ(D/2) / ((D − 1)·Γ((D − 1)/2)).
    [Theory]
    [InlineData(64, .801007)]
    [InlineData(128, .799444)]
    [InlineData(256, .798664)]
    [InlineData(768, .798144)]
    [InlineData(1024, .798079)]
    [InlineData(1536, .798014)]
    public void The_mean_cosine_of_a_row_and_its_grid_point_is_known(int d, double cosine)
    {
        const int count = 2000;
        var rows = Codes.Gaussian(count, d, 11);
        var quantiser = (RaBitQuantiser)Codes.Train(Codes.Settings("rabitq", Plain), rows);
        var codes = quantiser.Encode(rows);

        var mean = Enumerable
            .Range(0, count)
            .Select(i => quantiser.Layout.Factors(codes.AsSpan(i * quantiser.CodeBytes, quantiser.CodeBytes)))
            .Average(factors => Math.Sqrt(factors.Squared) / (factors.Rescale * Math.Sqrt(d) / 2));

        // A single cosine deviates by 0.6 / √D.
        Assert.Equal(cosine, mean, 3 * .6 / Math.Sqrt(d * count));
    }

    // √(1/cosine² − 1) / √(D − 1): half as much for four times the coordinates.
    [Theory]
    [InlineData(64, .0942)]
    [InlineData(256, .0472)]
    [InlineData(1024, .0236)]
    public void Estimates_are_unbiased_and_their_deviation_is_known(int d, double deviation)
    {
        var errors = Errors(d, Plain, 100, 200).Select(pair => pair.Error).ToArray();

        Assert.Equal(0, errors.Average(), deviation * 3 / Math.Sqrt(errors.Length / 4));
        Assert.Equal(deviation, Math.Sqrt(errors.Average(error => error * error)), deviation * .03);
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData("bits=3 rotation=none centre=origin")]
    public void The_bound_of_1_9_deviations_is_broken_by_as_many_pairs_as_of_a_normal_error(string settings)
    {
        var pairs = Errors(256, settings, 200, 200).ToArray();

        var broken = pairs.Count(pair => Math.Abs(pair.Error) > pair.Bound) / (double)pairs.Length;

        Assert.InRange(broken, .053, .061);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_rounded_query_keeps_estimates_unbiased_and_little_worse(int queryBits)
    {
        var exact = Errors(256, Plain, 100, 200).Select(pair => pair.Error).ToArray();
        var rounded = Errors(256, $"{Plain} query-bits={queryBits}", 100, 200).Select(pair => pair.Error).ToArray();

        Assert.Equal(0, rounded.Average(), .002);
        var (one, other) = (exact.Average(error => error * error), rounded.Average(error => error * error));
        Assert.InRange(other, one * .98, one * (queryBits == 4 ? 1.25 : 1.02));
    }

    // 1 − 2/π for one bit; for more, a grid of each row's own scale does a little better than the best even levels, and never
    // better than the best levels at all.
    [Theory]
    [InlineData(1, .363380, .363380)]
    [InlineData(2, .117482, .118846)]
    [InlineData(3, .034548, .037440)]
    [InlineData(4, .009501, .011543)]
    [InlineData(8, .0000412, .0000877)]
    public void The_relative_error_of_a_decoded_row_lies_between_that_of_free_and_of_even_levels(
        int bits,
        double free,
        double even
    )
    {
        var rows = Codes.Gaussian(400, 1024, 12);

        var error = Codes.Train(Codes.Settings("rabitq", $"bits={bits} centre=origin"), rows).Error(rows);

        Assert.InRange(error / Kernels.Dot(rows.Values, rows.Values) * 400, free * .997, even * 1.003);
    }

    /// <summary>Errors of estimated inner products of rows and queries of length 1, with the bounds told for them.</summary>
    private static IEnumerable<(double Error, double Bound)> Errors(int d, string settings, int queries, int count)
    {
        var rows = Unit(Codes.Gaussian(count, d, 13));
        var quantiser = Codes.Train(Codes.Settings("rabitq", settings), rows);
        var codes = quantiser.Encode(rows);
        var estimator = (RaBitQEstimator)quantiser.EstimatorOf(Metric.InnerProduct);
        var (distances, bounds) = (new float[count], new float[count]);
        var asked = Unit(Codes.Gaussian(queries, d, 14));
        for (var q = 0; q < queries; q++)
        {
            estimator.Prepare(asked.Values.Slice(q * d, d));
            estimator.Distances(codes, distances);
            estimator.ErrorBounds(codes, 1.9f, bounds);
            for (var i = 0; i < count; i++)
            {
                var inner = Kernels.Dot(asked.Values.Slice(q * d, d), rows.Values.Slice(i * d, d));
                yield return (-distances[i] - inner, bounds[i]);
            }
        }
    }

    private static MemoryVectors Unit(MemoryVectors rows) =>
        new("unit", new UnitVectors(rows).ToArray(), rows.Dimension);
}
