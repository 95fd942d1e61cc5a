using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>Names of nodes as Slurm writes many: <c>cpu[01-04,07],gpu1-ib</c>.</summary>
public static class NodeNames
{
    private const int Most = 100_000;

    /// <summary>All names, in the order in which they are written; false where brackets don't match or there are more than 100,000.</summary>
    public static bool TryExpand(string? text, [NotNullWhen(true)] out IReadOnlyList<string>? names)
    {
        names = null;
        if (string.IsNullOrWhiteSpace(text))
            return false;
        var found = new List<string>();
        foreach (var part in SplitOutside(text.Trim()))
        {
            if (ExpandOne(part) is not { } some || found.Count + some.Count > Most)
                return false;
            found.AddRange(some);
        }
        names = found;
        return true;
    }

    /// <summary>Slurm's short form: names that differ in their last number only are put together, in order.</summary>
    public static string Compress(IEnumerable<string> names)
    {
        var groups = names
            .Distinct(StringComparer.Ordinal)
            .Select(SplitNumber)
            .GroupBy(name => (name.Head, name.Tail))
            .OrderBy(group => group.Key.Head, StringComparer.Ordinal);
        return string.Join(
            ',',
            groups.Select(group => Together(group.Key.Head, group.Key.Tail, [.. group.Select(name => name.Digits)]))
        );
    }

    private static List<string>? ExpandOne(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
            return text is "" || text.Contains(']', StringComparison.Ordinal) ? null : [text];
        var close = text.IndexOf(']', open);
        if (close < 0 || Numbers(text[(open + 1)..close]) is not { } numbers)
            return null;
        // More brackets may follow: rack[1-2]node[1-4].
        var rest = close + 1 == text.Length ? [""] : ExpandOne(text[(close + 1)..]);
        return rest is null || (long)rest.Count * numbers.Count > Most
            ? null
            : [.. numbers.SelectMany(_ => rest, (number, tail) => text[..open] + number + tail)];
    }

    private static List<string>? Numbers(string list)
    {
        var numbers = new List<string>();
        foreach (var part in list.Split(','))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var (first, last) = dash < 0 ? (part, part) : (part[..dash], part[(dash + 1)..]);
            if (!TryWhole(first, out var from) || !TryWhole(last, out var to) || to < from || to - from >= Most)
                return null;
            for (var number = from; number <= to; number++)
                numbers.Add(number.ToString(CultureInfo.InvariantCulture).PadLeft(first.Length, '0'));
        }
        return numbers;
    }

    private static IEnumerable<string> SplitOutside(string text)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at < text.Length; at++)
            if (text[at] == ',' && depth == 0)
            {
                yield return text[start..at];
                start = at + 1;
            }
            else
                depth +=
                    text[at] == '[' ? 1
                    : text[at] == ']' ? -1
                    : 0;
        yield return text[start..];
    }

    private static (string Head, string Digits, string Tail) SplitNumber(string name)
    {
        var end = name.Length;
        while (end > 0 && !char.IsAsciiDigit(name[end - 1]))
            end--;
        var start = end;
        // Longer numbers than this wouldn't fit a long.
        while (start > 0 && end - start < 15 && char.IsAsciiDigit(name[start - 1]))
            start--;
        return (name[..start], name[start..end], name[end..]);
    }

    private static string Together(string head, string tail, string[] digits)
    {
        if (digits is [var only])
            return head + only + tail;
        var ranges = new List<(string First, string Last)>();
        foreach (var number in digits.OrderBy(digit => digit.Length).ThenBy(digit => digit, StringComparer.Ordinal))
            if (ranges is [.., var last] && number.Length == last.Last.Length && Whole(number) == Whole(last.Last) + 1)
                ranges[^1] = (last.First, number);
            else
                ranges.Add((number, number));
        var list = ranges.Select(range => range.First == range.Last ? range.First : $"{range.First}-{range.Last}");
        return $"{head}[{string.Join(',', list)}]{tail}";
    }

    private static long Whole(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool TryWhole(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
