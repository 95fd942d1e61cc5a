using System.Text.Json;
using Xunit;

namespace VectorQuantization.Tests.Commands;

/// <summary>
/// What FAISS 1.7.3 and numpy measured on RandomState(42).randn(10000, 1024), its first 100 rows as queries, learnt from all of it.
/// Exact for what has one answer, within 0.3 % where k-means may end elsewhere.
/// </summary>
public sealed class GoldenDummyTests
{
    [Theory]
    [InlineData("sq:bits=4", 22.618075, 1e-6, 0.011210, 0.7950, 0.8167)]
    [InlineData("sq:bits=8", 0.078219, 1e-5, 0.000228, 0.9840, 0.9880)]
    [InlineData("pq:m=8,bits=8", 916.885646, 3e-3, 0.678112, 0.1100, 0.0522)]
    [InlineData("pq:m=16,bits=8", 844.417211, 3e-3, 0.581295, 0.1160, 0.0765)]
    [InlineData("pq:m=32,bits=8", 721.459078, 3e-3, 0.456034, 0.1310, 0.1215)]
    public async Task A_codec_loses_what_the_published_log_says(
        string method,
        double mse,
        double tolerance,
        double pairwise,
        double at10,
        double at100
    )
    {
        using var program = new Program();
        var (code, text, error) = await program.Run([
            "run",
            "--dataset",
            "dummy",
            "--train",
            "base",
            "--queries",
            "base:100",
            "--method",
            method,
            "--json",
        ]);

        Assert.Equal("", error);
        Assert.Equal(0, code);
        var row = JsonDocument.Parse(text).RootElement;
        double Of(string name) => row.GetProperty(name).GetDouble();
        Assert.Equal(1, Of("mse_per_vector") / mse, tolerance);
        Assert.Equal(pairwise, Of("pairwise_mean"), pairwise * 0.01);
        // A search through quantised tables of other centroids: 1000 and 10,000 places are looked at.
        Assert.Equal(at10, Of("intersection_10"), 0.012);
        Assert.Equal(at100, Of("intersection_100"), 0.012);
    }
}
