using VectorQuantization.Numerics;
using VectorQuantization.Quantisers.RaBitQ;
using VectorQuantization.Quantisers.Saq;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers.Saq;

public sealed class SaqQuantiserTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Adjusted_codes_come_as_near_as_the_best_of_all_scales(int bits)
    {
        var row = Codes.Gaussian(1, 128, 51).Values;
        var levels = new byte[128];

        var (along, square) = CodeAdjustment.Fit(row, bits, 20, levels);

        var point = levels.Select(level => level - (((1 << bits) - 1) / 2.0)).ToArray();
        Assert.Equal(point.Sum(x => x * x), square, 1e-6 * square);
        Assert.Equal(row.ToArray().Zip(point, (x, y) => x * y).Sum(), along, 1e-6 * along);
        var best = BestOfScales(row, bits);
        Assert.InRange(along * along / square / best, .9999, 1.0001);
    }

    // Rows whose coordinates have variances 0.97ⁱ: components and bits of their own save more than one rotation for all.
    [Theory]
    [InlineData("1")]
    [InlineData("2.5")]
    [InlineData("4")]
    public void Uneven_variances_are_made_use_of(string bits)
    {
        var rows = Uneven(3000, 128);
        var saq = Codes.Train(Codes.Settings("saq", $"bits={bits}"), rows);
        var whole = Math.Floor(double.Parse(bits, System.Globalization.CultureInfo.InvariantCulture));
        var rabitq = Codes.Train(Codes.Settings("rabitq", $"bits={whole}"), rows);

        Assert.InRange(saq.Error(rows), 0, .96 * rabitq.Error(rows));
        Assert.Equal(
            (int)
                Math.Ceiling(
                    Math.Floor(128 * double.Parse(bits, System.Globalization.CultureInfo.InvariantCulture)) / 8
                ) + 8,
            saq.CodeBytes
        );
        Assert.Equal(4 * (1 + ((SaqQuantiser)saq).Segments.Count(segment => segment.Bits > 0)), saq.SideBytes);
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.InnerProduct)]
    public void Estimates_are_unbiased(Metric metric)
    {
        var rows = Uneven(400, 128);
        var quantiser = Codes.Train(Codes.Settings("saq", "bits=2"), rows);
        var codes = quantiser.Encode(rows);
        var queries = Uneven(60, 128, 7);
        var errors = new List<double>();
        for (var q = 0; q < 60; q++)
        {
            var query = queries.Values.Slice(q * 128, 128);
            var distances = quantiser.Distances(metric, query, codes);
            for (var i = 0; i < 400; i++)
            {
                var row = rows.Values.Slice(i * 128, 128);
                errors.Add(
                    distances[i]
                        - (metric == Metric.L2 ? Kernels.SquaredDistance(query, row) : -Kernels.Dot(query, row))
                );
            }
        }

        var deviation = Math.Sqrt(errors.Average(error => error * error));
        Assert.Equal(0, errors.Average(), deviation * .05);
        Assert.InRange(deviation, 0, 2.5);
    }

    private static MemoryVectors Uneven(int count, int d, ulong seed = 5)
    {
        var values = Codes.Gaussian(count, d, seed).Values.ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] = (values[i] * (float)Math.Pow(.97, i % d / 2.0)) + (.01f * (i % d));
        return new("uneven", values, d);
    }

    private static double BestOfScales(ReadOnlySpan<float> row, int bits)
    {
        var sizes = row.ToArray().Select(MathF.Abs).ToArray();
        if (bits == 1)
            return Math.Pow(sizes.Sum(x => x / 2.0), 2) / (sizes.Length / 4.0);
        var scale = new GridScale(bits - 1).Best(sizes, sizes.Length, sizes.Sum(x => x * x));
        double[] point = [.. sizes.Select(x => Math.Min(Math.Floor(scale * x), (1 << (bits - 1)) - 1) + .5)];
        return Math.Pow(sizes.Zip(point, (x, y) => x * y).Sum(), 2) / point.Sum(y => y * y);
    }
}
