using System.Buffers.Binary;
using System.Xml.Linq;
using VectorQuantization.Plots;
using VectorQuantization.Problems;
using Xunit;

namespace VectorQuantization.Tests.Plots;

public sealed class FigureFileTests
{
    [Fact]
    public void The_png_has_three_dots_for_each_pixel()
    {
        var png = FigureFile.Png(
            Scatter(new FigurePoint(8, 0.2, null, null, "a"), new FigurePoint(16, 0.5, null, 0.1, "b"))
        );
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(2400, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(1500, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void The_svg_is_sound_keeps_text_and_is_the_same_each_time()
    {
        var figure = Scatter(new FigurePoint(8, 0.2, null, null, "a & <b>"), new FigurePoint(16, 0.5, null, null, "c"));
        var svg = FigureFile.Svg(figure);
        var texts = XDocument
            .Parse(svg)
            .Descendants()
            .Where(part => part.Name.LocalName == "text")
            .Select(part => part.Value.Trim());
        Assert.Superset(new HashSet<string> { "mnist & <co>", "PQ", "a & <b>", "A note." }, texts.ToHashSet());
        Assert.Contains("viewBox=\"0 0 800 500\"", svg, StringComparison.Ordinal);
        Assert.Equal(svg, FigureFile.Svg(figure));
    }

    [Theory]
    [InlineData(8, 0.5)]
    [InlineData(1e-9, 1)]
    [InlineData(1e12, 0)]
    [InlineData(1, -1)]
    public void One_point_is_a_picture_too(double x, double y) =>
        Assert.NotEmpty(FigureFile.Png(Scatter(new FigurePoint(x, y, null, null, "alone"))));

    [Fact]
    public void A_bar_that_reaches_below_0_on_a_logarithmic_axis_is_drawn() =>
        Assert.NotEmpty(FigureFile.Png(Scatter(new FigurePoint(8, 0.5, 20, 0.9, "wide"))));

    [Fact]
    public void Histograms_are_a_row_each()
    {
        var figure = new RidgeFigure
        {
            Name = "h",
            Title = "t",
            Notes = [],
            XLabel = "error",
            Ridges = [new Ridge("PQ 8x8", "pq", [0.1, 0.2, 0.4], [0.25, 0.75]), new Ridge("?", "new", [1, 2], [1])],
        };
        Assert.Contains("PQ 8x8", FigureFile.Svg(figure), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_named_by_the_figure_and_replaced_whole()
    {
        using var folder = new TemporaryFolder();
        var figure = Scatter(new FigurePoint(8, 0.5, null, null, "a")) with { Name = "../a/b c" };
        var path = FigureFile.Write(figure, folder.File("new/plots"), "svg");
        Assert.Equal(path, FigureFile.Write(figure, folder.File("new/plots"), "svg"));
        Assert.Equal(["-a-b-c.svg"], Directory.GetFiles(folder.File("new/plots")).Select(Path.GetFileName));
        File.WriteAllText(folder.File("file"), "");
        Assert.Contains(
            "choose another folder",
            Assert.Throws<BadInputException>(() => FigureFile.Write(figure, folder.File("file"), "png")).Message
        );
    }

    private static ScatterFigure Scatter(params FigurePoint[] points) =>
        new()
        {
            Name = "f",
            Title = "mnist & <co>",
            Notes = ["A note."],
            X = new FigureAxis("Bytes", Log: true, MoreIsBetter: false) { Binary = true },
            Y = new FigureAxis("Recall", Log: false, MoreIsBetter: true) { Most = 1 },
            Series = [new FigureSeries("PQ", "pq", Partial: false, points)],
        };
}
