using System.Text;
using Expflow.Logs;
using Xunit;

namespace Expflow.Tests.Logs;

public sealed class EscapeFilterTests
{
    [Theory]
    [InlineData("plain\n", "plain\n")]
    [InlineData("\e[31mred\e[0m", "red")]
    [InlineData("\e[2K\e[1Aup", "up")]
    [InlineData("\e]0;title\ashown", "shown")]
    [InlineData("\e]8;;http://x\e\\link\e]8;;\e\\", "link")]
    [InlineData("\e(Bcharset", "charset")]
    [InlineData("\e7saved\e8", "saved")]
    [InlineData("cut \e[31", "cut ")]
    [InlineData("\e]never ends\nnext line", "\nnext line")]
    [InlineData("a\rb\tc", "a\rb\tc")]
    public void Escape_sequences_go_and_all_else_stays(string from, string to) => Assert.Equal(to, Filter(from, 4096));

    [Theory]
    [InlineData("\e[31mred\e[0m")]
    [InlineData("\e]8;;http://x\e\\red\e]8;;\e\\")]
    public void A_sequence_may_be_cut_anywhere(string from)
    {
        for (var size = 1; size < from.Length; size++)
            Assert.Equal("red", Filter(from, size));
    }

    [Fact]
    public void Bytes_that_are_no_text_survive()
    {
        byte[] bytes = [0xff, 0x9b, 0x00, 0xc3, 0x28];
        Assert.Equal(bytes.Length, new EscapeFilter().Filter(bytes));
        Assert.Equal([0xff, 0x9b, 0x00, 0xc3, 0x28], bytes);
    }

    private static string Filter(string text, int size)
    {
        var filter = new EscapeFilter();
        var kept = new StringBuilder();
        foreach (var piece in Encoding.Latin1.GetBytes(text).Chunk(size))
            kept.Append(Encoding.Latin1.GetString(piece.AsSpan(0, filter.Filter(piece))));
        return kept.ToString();
    }
}
