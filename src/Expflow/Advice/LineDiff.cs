namespace Expflow.Advice;

/// <summary>Which lines changed between two texts.</summary>
public static class LineDiff
{
    // Of longer middles everything counts as changed: a table of their products would take hundreds of megabytes.
    private const int LargestTable = 16_000_000;

    /// <summary>As <c>diff --unified=0</c> has it, without the file names: <c>@@ -3 +3 @@</c>, <c>-old</c>, <c>+new</c>.</summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var (old, now) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var same = Kept(old, now);
        var lines = new List<string>();
        for (int i = 0, j = 0, k = 0; i < old.Length || j < now.Length; k++)
        {
            var (nextOld, nextNow) = k < same.Count ? same[k] : (old.Length, now.Length);
            if (nextOld > i || nextNow > j)
                lines.Add($"@@ -{Range(i, nextOld)} +{Range(j, nextNow)} @@");
            lines.AddRange(old[i..nextOld].Select(line => "-" + line));
            lines.AddRange(now[j..nextNow].Select(line => "+" + line));
            (i, j) = (nextOld + 1, nextNow + 1);
        }
        return lines;
    }

    private static string Range(int from, int to) =>
        to - from == 1 ? $"{from + 1}"
        : to == from ? $"{from},0"
        : $"{from + 1},{to - from}";

    // Pairs of lines that stay: the longest common subsequence.
    private static List<(int Old, int Now)> Kept(string[] old, string[] now)
    {
        var kept = new List<(int, int)>();
        var first = 0;
        while (first < old.Length && first < now.Length && old[first] == now[first])
            kept.Add((first, first++));
        var last = 0;
        while (last < old.Length - first && last < now.Length - first && old[^(last + 1)] == now[^(last + 1)])
            last++;
        Middle(old.AsSpan(first, old.Length - last - first), now.AsSpan(first, now.Length - last - first), first, kept);
        for (; last > 0; last--)
            kept.Add((old.Length - last, now.Length - last));
        return kept;
    }

    private static void Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> now, int first, List<(int, int)> kept)
    {
        if ((long)old.Length * now.Length > LargestTable)
            return;
        var longest = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        for (var j = now.Length - 1; j >= 0; j--)
            longest[i, j] =
                old[i] == now[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        for (int i = 0, j = 0; i < old.Length && j < now.Length; )
            if (old[i] == now[j])
                kept.Add((first + i++, first + j++));
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
    }
}
