using System.Text.RegularExpressions;

namespace Expflow.EndToEnd.Guides;

/// <summary>Commands of a guide, and what the guide says that they print.</summary>
/// <remarks>
/// A block fenced with <c>sh</c> is run. A block fenced with <c>text</c> right after it is compared: each of its lines must be
/// printed, in that order, and <c>…</c> stands for anything. Blocks fenced otherwise are only read.
/// </remarks>
/// <param name="Line">The 1-based line of the fence.</param>
/// <param name="Commands">Lines of bash.</param>
/// <param name="Expected">Lines, empty when the guide shows no output.</param>
internal sealed record GuideBlock(int Line, string Commands, IReadOnlyList<string> Expected)
{
    public static IReadOnlyList<GuideBlock> Read(string[] lines)
    {
        var blocks = new List<GuideBlock>();
        var previous = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                previous = lines[i].Length > 0 ? "" : previous;
                continue;
            }
            var (kind, fence) = (lines[i][3..], i + 1);
            var content = lines.Skip(fence).TakeWhile(line => line != "```").ToArray();
            i += content.Length + 1;
            if (kind == "sh")
                blocks.Add(new GuideBlock(fence, string.Join('\n', content), []));
            else if (kind == "text" && previous == "sh")
                blocks[^1] = blocks[^1] with { Expected = content };
            previous = kind;
        }
        return blocks;
    }

    /// <summary>The first expected line that was not printed, or null.</summary>
    public string? Missing(string printed)
    {
        var lines = printed.Split('\n').Select(line => line.Trim()).ToArray();
        var next = 0;
        foreach (var expected in Expected.Where(line => line.Trim() is not ("" or "…")))
        {
            var found = Array.FindIndex(lines, next, line => IsMatch(expected, line));
            if (found < 0)
                return expected;
            next = found + 1;
        }
        return null;
    }

    // Columns move with their content, so any run of spaces is as good as another.
    private static bool IsMatch(string expected, string line) =>
        Regex.IsMatch(
            line,
            "^"
                + string.Join(@"\s+", expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))
                    .Replace("…", ".*")
                + "$"
        );
}
