using Xunit;

namespace Expflow.EndToEnd.Guides;

public sealed class GuideBlockTests
{
    [Fact]
    public void Shell_blocks_are_read_with_the_output_that_follows()
    {
        var blocks = GuideBlock.Read([
            "Intro",
            "```sh",
            "a",
            "b",
            "```",
            "",
            "```text",
            "out",
            "```",
            "```yaml",
            "x: 1",
            "```",
            "```sh",
            "c",
            "```",
            "words",
            "```text",
            "no",
            "```",
        ]);

        Assert.Equal(
            [(2, "a\nb", "out"), (13, "c", "")],
            blocks.Select(b => (b.Line, b.Commands, string.Join('\n', b.Expected)))
        );
    }

    [Theory]
    [InlineData("36 runs: 36 new", "hello\n36 runs: 36 new\nbye", true)]
    [InlineData("36 runs: … new", "36 runs: 12 new", true)]
    [InlineData("a  b", "a       b", true)]
    [InlineData("  a b", "    a b  ", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("second\nfirst", "first\nsecond", false)]
    [InlineData("first\n…\nthird", "first\nsecond\nthird", true)]
    public void Expected_lines_are_looked_for_in_order(string expected, string printed, bool found) =>
        Assert.Equal(found, new GuideBlock(1, "", expected.Split('\n')).Missing(printed) is null);
}
