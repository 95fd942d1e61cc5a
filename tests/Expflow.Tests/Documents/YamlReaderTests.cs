using CsCheck;
using Expflow.Documents;
using Xunit;

namespace Expflow.Tests.Documents;

public sealed class YamlReaderTests
{
    private static string Problem(string text) => Assert.Single(YamlReader.Read(text, "f").Problems).ToString();

    private static string Json(string text)
    {
        var read = YamlReader.Read(text, "f");
        Assert.Empty(read.Problems);
        Assert.True(read.TryGet(out var node));
        return DocumentJson.Text(node);
    }

    [Fact]
    public void Aliases_that_would_blow_up_are_refused()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (var i = 1; i < 12; i++)
            bomb += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";

        Assert.Contains("makes aliases stand for more than 1,000,000 values", Problem(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Assert.Equal("f:1:66: Values are nested deeper than 64.", Problem(new string('[', 100_000)));
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_read()
    {
        var line = new string('x', 10_000_000);

        Assert.Equal($"{{\"a\":\"{line}\"}}", Json($"a: {line}\n"));
        Assert.Equal($"{{\"a\":\"{line}\"}}", Json($"a: \"{line}\"\n"));
    }

    [Fact]
    public void Aliases_and_merge_keys_are_understood()
    {
        Assert.Equal(
            """{"base":{"a":1,"b":2},"child":{"b":3,"a":1},"again":{"a":1,"b":2}}""",
            Json("base: &base {a: 1, b: 2}\nchild: {<<: *base, b: 3}\nagain: *base\n")
        );
    }

    [Fact]
    public void Quotes_and_blocks_make_texts()
    {
        Assert.Equal(
            """["1","true",1,"a\nb\n","1",null]""",
            Json("- '1'\n- \"true\"\n- 1\n- |\n  a\n  b\n- !!str 1\n-\n")
        );
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_told_with_its_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["f"], [(byte)'a', (byte)'\n', 0xE9, (byte)'\n']);

        Assert.Equal(
            "f:2:1: 'f' is not UTF-8 text. Save it as UTF-8.",
            YamlReader.ReadFile(folder["f"], "f").Problems[0].ToString()
        );
    }

    [Fact]
    public void A_folder_or_nothing_in_place_of_a_file_is_told()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(
            "cannot be read",
            YamlReader.ReadFile(folder.Path, "f").Problems[0].Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not exist",
            YamlReader.ReadFile(folder["no"], "f").Problems[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        string[] pieces =
        [
            "a",
            ": ",
            "- ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&x ",
            "*x",
            "!t ",
            "'",
            "\"",
            "|\n",
            "? ",
            "#",
            "\t",
            "%",
            "<<",
            "\\",
            "---\n",
        ];
        Gen.Int[0, pieces.Length - 1]
            .Array[0, 20]
            .Sample(chosen => _ = YamlReader.Read(string.Concat(chosen.Select(i => pieces[i])), "f"), iter: 5_000);
    }

    [Fact]
    public void What_is_written_as_JSON_reads_back_the_same()
    {
        var text = "{a: [1, 1e-5, .nan, -.inf, yes, '1', \"é \\u2028 \\x07\"], b: {c: }}";

        Assert.Equal(Json(text), Json(Json(text)));
    }
}
