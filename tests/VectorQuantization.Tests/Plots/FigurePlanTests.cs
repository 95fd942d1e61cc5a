using VectorQuantization.Plots;
using VectorQuantization.Problems;
using VectorQuantization.Results;
using VectorQuantization.Tests.Results;
using Xunit;

namespace VectorQuantization.Tests.Plots;

public sealed class FigurePlanTests
{
    private static readonly ILookup<string, Histogram> None = Array.Empty<Histogram>().ToLookup(_ => "");

    [Fact]
    public void Recall_is_drawn_against_bytes_and_queries_a_second_and_error_against_bytes() =>
        Assert.Equal(
            [
                "fashion-mnist-recall_at_1-bytes",
                "fashion-mnist-recall_at_1-qps",
                "fashion-mnist-intersection_10-bytes",
                "fashion-mnist-intersection_10-qps",
                "fashion-mnist-relative_mse-bytes",
            ],
            Plan([Searched(probe: 8)]).Figures.Select(figure => figure.Name)
        );

    [Fact]
    public void What_was_not_measured_is_said_and_not_drawn_as_0()
    {
        var plan = Plan([Example.Row() with { Retrieval = new RetrievalFacts { RecallAt1 = 0.5 } }]);
        Assert.Equal(["fashion-mnist-recall_at_1-bytes"], plan.Figures.Select(figure => figure.Name));
        Assert.Equal(
            [
                "recall_at_1 against qps of fashion-mnist can't be drawn: no cell has both recall_at_1 and qps_one_thread.",
                "intersection_10 against bytes of fashion-mnist can't be drawn: no cell has both intersection_10 and bytes_per_vector (searches that rank again with exact vectors aside).",
                "intersection_10 against qps of fashion-mnist can't be drawn: no cell has both intersection_10 and qps_one_thread.",
                "relative_mse against bytes of fashion-mnist can't be drawn: no cell has both relative_mse and bytes_per_vector (searches that rank again with exact vectors aside).",
                "Histograms of errors of fashion-mnist can't be drawn: no histogram is kept.",
            ],
            plan.LeftOut
        );
    }

    [Fact]
    public void Cells_that_lack_the_measure_are_named_under_the_picture()
    {
        var figure = Scatter([Measured(0.5, 1), Example.Row(label: "PQ 8x8", bytes: 8)]);
        Assert.Equal("PQ 16x8", Assert.Single(Assert.Single(figure.Series).Points).Label);
        Assert.Equal(["Without recall_at_1, so not shown: PQ 8x8."], figure.Notes);
    }

    [Fact]
    public void Seeds_are_one_point_with_their_interval()
    {
        var figure = Scatter([Measured(0.50, 1), Measured(0.52, 2), Measured(0.54, 3)]);
        var point = Assert.Single(Assert.Single(figure.Series).Points);
        Assert.Equal((16, 0.52), (point.X, point.Y));
        Assert.Equal(0.0497, point.ReachY!.Value, 4);
        Assert.Equal(0, point.ReachX);
        Assert.Equal(["Means of 3 seeds; bars are 95 % intervals (Student's t)."], figure.Notes);
    }

    [Fact]
    public void Searches_that_keep_exact_vectors_are_not_compared_by_bytes()
    {
        var exact = Measured(0.99, 1) with
        {
            Search = new SearchFacts { Kind = "flat", Rerank = 4 },
        };
        var figure = Scatter([Measured(0.5, 1), exact with { Cell = exact.Cell with { Configuration = "exact" } }]);
        Assert.Equal(0.5, Assert.Single(Assert.Single(figure.Series).Points).Y);
        Assert.Contains("exact vectors", Assert.Single(figure.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_same_codes_are_one_point_however_these_are_searched()
    {
        var figures = Plan([Searched(probe: 8), Searched(probe: 64)]).Figures.OfType<ScatterFigure>().ToList();
        Assert.Equal([2, 2, 1], new[] { 1, 3, 4 }.Select(i => Assert.Single(figures[i].Series).Points.Count));
        Assert.True(figures[1].Series[0].Partial);
    }

    [Fact]
    public void A_lossless_codec_has_no_place_on_a_logarithmic_axis_and_is_named()
    {
        var lossless = Example.Row(label: "SQ16") with { Distortion = new DistortionFacts { RelativeMse = 0 } };
        var lossy = Example.Row() with { Distortion = new DistortionFacts { RelativeMse = 0.1 } };
        var figure = Assert.Single(Plan([lossless, lossy], "relative_mse").Figures);
        Assert.Equal(["No place on a logarithmic axis, so not shown: SQ16."], figure.Notes);
    }

    [Fact]
    public void Histograms_of_seeds_are_summed()
    {
        var histograms = new[] { ("PQ 16x8 1", 1L, 3L), ("PQ 16x8 2", 1L, 5L) }.ToLookup(
            found => found.Item1,
            found => new Histogram(Histogram.RelativeError, [0.1, 0.2, 0.4], [found.Item2, found.Item3])
        );
        var groups = DataGroup.Of([Example.Row(seed: 1), Example.Row(seed: 2)]);
        var figure = Assert.IsType<RidgeFigure>(
            Assert.Single(FigurePlan.Of(groups, histograms, ["relative_error"]).Figures)
        );
        var ridge = Assert.Single(figure.Ridges);
        Assert.Equal([0.1, 0.2, 0.4], ridge.Edges);
        Assert.Equal([0.2, 0.8], ridge.Shares);
        // 0.3 of the 0.8 in the second bin are below the middle: 0.2 · 2^(3/8).
        Assert.Equal(0.2 * Math.Pow(2, 0.375), ridge.Median, 12);
    }

    [Fact]
    public void An_unknown_metric_is_refused_with_those_there_are() =>
        Assert.Contains(
            "'--metric recall' is nothing that is measured. There are: bytes_per_vector, ",
            Assert.Throws<BadInputException>(() => Plan([Example.Row()], "recall")).Message
        );

    private static FigurePlan Plan(ResultRow[] rows, params string[] metrics) =>
        FigurePlan.Of(DataGroup.Of(rows), None, metrics.Length > 0 ? metrics : FigurePlan.DefaultMetrics);

    private static ScatterFigure Scatter(ResultRow[] rows) =>
        Assert.IsType<ScatterFigure>(Plan(rows, "recall_at_1").Figures[0]);

    private static ResultRow Searched(int probe) =>
        Example.Full() with
        {
            Cell = Example.Full().Cell with { Id = $"{probe}", Configuration = $"{probe}" },
            Search = Example.Full().Search with { Probe = probe, Rerank = null },
        };

    private static ResultRow Measured(double recall, ulong seed) =>
        Example.Row(seed: seed) with
        {
            Retrieval = new RetrievalFacts { RecallAt1 = recall },
        };
}
