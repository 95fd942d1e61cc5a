using Expflow.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Expflow.Documents;

/// <summary>Finds the line and column of a character inside a scalar, where the way it was written allows; otherwise the scalar's own place.</summary>
internal sealed class ScalarPlaces(string text)
{
    private string[]? lines;

    public SourcePlace Of(Scalar scalar, SourcePlace start, int offset)
    {
        lines ??= text.ReplaceLineEndings("\n").Split('\n');
        var before = scalar.Value.AsSpan(0, Math.Min(offset, scalar.Value.Length));
        var skipped = before.Count('\n');
        var column = before.Length - (before.LastIndexOf('\n') + 1);
        var content = scalar.Value.Split('\n')[skipped];
        if (scalar.Style == ScalarStyle.Literal)
            return InLine(start.Line + 1 + skipped, content, from: 0) is { } at
                ? start with
                {
                    Line = start.Line + 1 + skipped,
                    Column = at + column + 1,
                }
                : start;
        if (skipped > 0 || scalar.Style == ScalarStyle.Folded)
            return start;
        return InLine(start.Line, content, start.Column - 1) is { } found
            ? start with
            {
                Column = found + column + 1,
            }
            : start;
    }

    // Where the content stands in a line as it is, without escapes or folding.
    private int? InLine(int line, string content, int from) =>
        line <= lines!.Length && from <= lines[line - 1].Length
            ? lines[line - 1].IndexOf(content, from, StringComparison.Ordinal) is var at and >= 0
                ? at
                : null
            : null;
}
