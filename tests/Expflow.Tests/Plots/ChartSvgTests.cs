using System.Xml.Linq;
using Expflow.Plots;
using Xunit;

namespace Expflow.Tests.Plots;

public sealed class ChartSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static XDocument Draw(Chart chart) => XDocument.Parse(ChartFile.Svg(chart, ChartSize.Default));

    private static List<string> Texts(XDocument svg) =>
        [.. svg.Descendants(Svg + "text").Select(text => text.Value.Trim())];

    // Round joins tell a series from its sample in the legend.
    private static List<XElement> Lines(XDocument svg, string color) =>
        [
            .. svg.Descendants(Svg + "path")
                .Where(path =>
                    (string?)path.Attribute("stroke") == color && (string?)path.Attribute("stroke-linejoin") == "round"
                ),
        ];

    [Fact]
    public void Labels_and_series_names_are_text()
    {
        var texts = Texts(Draw(Charts.Of(Charts.Curve("lr=0.1", 3, 2, 1), Charts.Curve("lr=0.01", 3, 3, 2))));
        Assert.Superset(
            new HashSet<string> { "loss of kd-gat", "epoch", "loss", "lr=0.1", "lr=0.01" },
            texts.ToHashSet()
        );
    }

    [Fact]
    public void Each_series_is_one_path_of_its_own_colour()
    {
        var svg = Draw(Charts.Of(Charts.Curve("a", 3, 2, 1), Charts.Curve("b", 3, 3, 2)));
        Assert.Single(Lines(svg, "#0072B2"));
        Assert.Single(Lines(svg, "#D55E00"));
        Assert.Empty(Lines(svg, "#009E73"));
    }

    [Fact]
    public void A_NaN_breaks_the_line()
    {
        var path = Assert.Single(Lines(Draw(Charts.Of(Charts.Curve("a", 3, 2, double.NaN, 2, 1))), "#0072B2"));
        Assert.Equal(2, path.Attribute("d")!.Value.Count(letter => letter == 'M'));
    }

    [Fact]
    public void A_band_is_a_translucent_area()
    {
        var series = Charts.Curve("a", 3, 2) with { Band = [new(0, 2, 4), new(1, 1, 3)] };
        var areas = Draw(Charts.Of(series))
            .Descendants(Svg + "path")
            .Where(path => path.Attribute("fill-opacity") != null);
        Assert.Equal("#0072B2", (string?)Assert.Single(areas).Attribute("fill"));
    }

    [Fact]
    public void A_million_points_thin_to_the_width_of_the_picture()
    {
        var points = Enumerable.Range(0, 1_000_000).Select(i => new CurvePoint(i, Math.Sin(i * 0.7)));
        var svg = ChartFile.Svg(Charts.Of(new CurveSeries("a", [.. points])), ChartSize.Default);
        Assert.InRange(svg.Length, 1_000, 200_000);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a & b \"c\" 'd' ]]>")]
    public void Hostile_text_stays_text(string hostile)
    {
        var chart = Charts.Of(Charts.Curve(hostile, 1, 2)) with { Title = hostile, XLabel = hostile, YLabel = hostile };
        var svg = Draw(chart);
        Assert.Equal(4, Texts(svg).Count(text => text == hostile));
        Assert.Empty(svg.Descendants(Svg + "script"));
    }

    [Fact]
    public void Control_characters_and_half_pairs_leave_the_document_well_formed()
    {
        var texts = Texts(Draw(Charts.Of(Charts.Curve("a\u0000b\u001b[31m\u202e\ud800c\nd", 1, 2))));
        Assert.Contains("a b [31m\ufffdc d", texts);
    }

    [Fact]
    public void A_long_title_is_cut_with_an_ellipsis()
    {
        var texts = Texts(Draw(Charts.Of(Charts.Curve("a", 1, 2)) with { Title = new string('m', 5_000) }));
        Assert.Contains(texts, text => text.StartsWith("mmm", StringComparison.Ordinal) && text.EndsWith('…'));
    }

    [Fact]
    public void More_series_than_the_legend_holds_are_counted_in_its_last_line()
    {
        var series = Enumerable.Range(0, 100).Select(i => Charts.Curve($"run {i}", i, i + 1));
        var texts = Texts(Draw(Charts.Of([.. series])));
        Assert.Contains(texts, text => text.StartsWith("and ", StringComparison.Ordinal) && text.EndsWith(" more"));
    }

    [Fact]
    public void A_small_picture_has_room_for_the_data_rather_than_for_a_legend()
    {
        var series = Enumerable.Range(0, 40).Select(i => Charts.Curve(new string('W', 100), i, i + 1));
        var svg = XDocument.Parse(ChartFile.Svg(Charts.Of([.. series]), new ChartSize(200, 150)));
        Assert.DoesNotContain(
            Texts(svg),
            text => text.StartsWith('W') || text.EndsWith(" more", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void No_values_are_said_in_words() =>
        Assert.All(
            new[] { Charts.Of(), Charts.Of(Charts.Curve("a", double.NaN, double.PositiveInfinity)) },
            chart => Assert.Contains("No values to draw", Texts(Draw(chart)))
        );

    [Fact]
    public void A_parameter_chart_has_a_bar_where_there_are_runs_enough_and_a_dot_for_each_run()
    {
        var circles = Draw(Charts.OverLearningRate()).Descendants(Svg + "ellipse").ToList();
        var faint = circles.Where(circle => circle.Attribute("fill-opacity") != null);
        Assert.Equal(6, faint.Count(circle => circle.Attribute("cx")!.Value != "NaN"));
    }

    [Fact]
    public void A_heat_map_writes_its_values_into_the_cells_and_marks_holes()
    {
        var texts = Texts(Draw(Charts.Grid()));
        Assert.Superset(
            new HashSet<string> { "0.912", "0.934", "0.951", "–", "mean accuracy", "1e-4" },
            texts.ToHashSet()
        );
    }

    [Fact]
    public void Words_label_the_axis_where_the_parameter_has_words()
    {
        var chart = new ParameterChart
        {
            Categories = ["hcrl_sa", "hcrl_ch"],
            Lines = [new("", [new(0, [1, 2]), new(1, [3])])],
        };
        Assert.Superset(new HashSet<string> { "hcrl_sa", "hcrl_ch" }, Texts(Draw(chart)).ToHashSet());
    }
}
