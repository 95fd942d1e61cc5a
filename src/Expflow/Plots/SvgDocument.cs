using System.Text;
using System.Text.RegularExpressions;

namespace Expflow.Plots;

/// <summary>What the drawing library's SVG still lacks.</summary>
internal static partial class SvgDocument
{
    /// <summary>Lets the picture scale with its page, names fonts of like width for readers that lack ours, and numbers ids from 1.</summary>
    internal static string Finish(string svg, ChartSize size)
    {
        var plain = $"width=\"{size.Width}\" height=\"{size.Height}\">";
        var scaled = $"width=\"{size.Width}\" height=\"{size.Height}\" viewBox=\"0 0 {size.Width} {size.Height}\">";
        var names = new Dictionary<string, string>();
        var finished = new StringBuilder(svg.Length + 100);
        foreach (var line in svg.Split('\n'))
            finished.Append(IsMarkup(line) ? FinishMarkup(line.Replace(plain, scaled), names) : line).Append('\n');
        finished.Length--;
        return finished.ToString();
    }

    // Text stands on lines of its own, in which every '<' is escaped.
    private static bool IsMarkup(string line) => line.AsSpan().TrimStart('\t').StartsWith('<');

    // The library counts clips over the life of the process; the same picture drawn later would differ.
    private static string FinishMarkup(string line, Dictionary<string, string> names)
    {
        if (line.Contains("font-family", StringComparison.Ordinal))
            return line.Replace("\"DejaVu Sans\"", "\"DejaVu Sans, Verdana, sans-serif\"", StringComparison.Ordinal);
        return ClipName()
            .Replace(
                line,
                match =>
                {
                    if (!names.TryGetValue(match.Value, out var name))
                        names[match.Value] = name = $"clip{names.Count + 1}";
                    return name;
                }
            );
    }

    [GeneratedRegex("""(?<=(id="|url\(#|href="#))(cl|gr|img|pat)_[0-9a-f]+(?=[")])""")]
    private static partial Regex ClipName();
}
