using Expflow.Plots;
using Xunit;

namespace Expflow.Tests.Plots;

public sealed class ChartFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ChartOutcome Write(string name) => ChartFile.Write(Charts.Grid(), folder[name], new ChartSize(200, 150));

    [Theory]
    [InlineData("a.png", 0x89)]
    [InlineData("a.SVG", (byte)'<')]
    public void The_ending_chooses_the_format(string name, byte first)
    {
        var written = Assert.IsType<ChartOutcome.Written>(Write(name));
        var bytes = File.ReadAllBytes(folder[name]);
        Assert.Equal(first, bytes[0]);
        Assert.Equal(bytes.Length, written.Bytes);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_older_picture_is_replaced()
    {
        File.WriteAllText(folder["a.svg"], "old");
        Write("a.svg");
        Assert.StartsWith("<?xml", File.ReadAllText(folder["a.svg"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.pgn", "try '", "a.png'")]
    [InlineData("a.pdf", "'.pdf'", "a.svg'")]
    [InlineData("a", "has no ending", "'.png' or '.svg'")]
    [InlineData("no/a.png", "no' does not exist", "make the folder")]
    [InlineData("a\0b.png", "zero byte", "choose another")]
    public void A_path_that_can_not_be_written_is_refused_with_a_way_out(string name, string what, string then)
    {
        var refused = Assert.IsType<ChartOutcome.Refused>(Write(name));
        Assert.Contains(what, refused.Problem.Text, StringComparison.Ordinal);
        Assert.Contains(then, refused.Problem.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_in_the_way_is_named()
    {
        Directory.CreateDirectory(folder["a.png"]);
        var refused = Assert.IsType<ChartOutcome.Refused>(Write("a.png"));
        Assert.Contains("is a folder", refused.Problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_takes_no_files_is_an_outcome_and_not_an_exception()
    {
        var refused = Assert.IsType<ChartOutcome.Refused>(
            ChartFile.Write(Charts.Grid(), "/proc/a.png", new ChartSize(200, 150))
        );
        Assert.StartsWith("'/proc/a.png' can't be written", refused.Problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("800x500", 800, 500)]
    [InlineData(" 1200 X 300 ", 1200, 300)]
    public void A_size_is_read(string text, int width, int height)
    {
        Assert.True(ChartSize.Parse(text).TryGet(out var size));
        Assert.Equal(new ChartSize(width, height), size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("800")]
    [InlineData("800x")]
    [InlineData("-800x500")]
    [InlineData("10x10")]
    [InlineData("99999999999x500")]
    public void A_size_that_makes_no_picture_is_refused(string text) => Assert.Single(ChartSize.Parse(text).Problems);
}
