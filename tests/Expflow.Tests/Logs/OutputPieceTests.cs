using System.Text;
using Expflow.Logs;
using Xunit;

namespace Expflow.Tests.Logs;

public sealed class OutputPieceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a\nb\nc\n", 2, "b\nc\n")]
    [InlineData("a\nb\nc", 2, "b\nc")]
    [InlineData("a\nb\nc\n", 3, "a\nb\nc\n")]
    [InlineData("a\nb\nc\n", 9, "a\nb\nc\n")]
    [InlineData("a\n\n\n", 2, "\n\n")]
    [InlineData("a\nb\n", 0, "")]
    [InlineData("", 3, "")]
    public void The_last_lines_are_found_from_the_end(string text, int lines, string tail)
    {
        var piece = Piece(text);
        Assert.Equal(tail, Copy(piece, piece.StartOfLast(lines)));
    }

    [Fact]
    public void The_last_lines_of_a_large_file_are_found_across_blocks()
    {
        var line = new string('x', 40_000) + "\n";
        var piece = Piece(string.Concat(Enumerable.Repeat(line, 10)) + "end\n");
        Assert.Equal(line + "end\n", Copy(piece, piece.StartOfLast(2)));
    }

    [Fact]
    public void A_piece_of_a_shared_file_ends_where_the_next_begins()
    {
        var piece = Piece("before\nmine\nalso mine\nafter\n") with { Start = 7, Length = 15 };
        Assert.Equal("mine\nalso mine\n", Copy(piece, piece.Start));
        Assert.Equal("also mine\n", Copy(piece, piece.StartOfLast(1)));
        Assert.Equal("mine\nalso mine\n", Copy(piece, piece.StartOfLast(5)));
    }

    [Fact]
    public void A_file_that_is_not_there_yet_has_nothing_to_copy() =>
        Assert.Equal(5, new OutputPiece(folder["none"]).Copy(5, Stream.Null, null));

    private OutputPiece Piece(string text)
    {
        File.WriteAllText(folder["output.log"], text);
        return new(folder["output.log"]);
    }

    private static string Copy(OutputPiece piece, long from)
    {
        using var to = new MemoryStream();
        piece.Copy(from, to, null);
        return Encoding.UTF8.GetString(to.ToArray());
    }
}
