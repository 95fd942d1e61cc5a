using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>Indices of an array's tasks, each once, in order, and how many may run at once. Equal sets are written alike.</summary>
/// <remarks>Reads and writes what <c>sbatch --array</c> takes: <c>0-9,12,20-30:2</c>, with a throttle <c>0-99%4</c>.</remarks>
public sealed class TaskSet : IEquatable<TaskSet>, IReadOnlyCollection<int>
{
    // Slurm's own ceiling: MaxArraySize is at most 4,000,001, and the largest index one less.
    private const int LargestIndex = 4_000_000;

    private TaskSet(ImmutableArray<TaskRange> ranges, int? throttle)
    {
        Ranges = ranges;
        Throttle = throttle;
        Count = ranges.Sum(range => range.Count);
    }

    /// <summary>Ranges that follow one another: the last index of each is below the first of the next.</summary>
    public ImmutableArray<TaskRange> Ranges { get; }

    /// <summary>At most so many tasks run at once (<c>%4</c>); null: no limit of the array's own.</summary>
    public int? Throttle { get; }

    /// <summary>How many indices, at least 1.</summary>
    public int Count { get; }

    /// <summary>The smallest index.</summary>
    public int First => Ranges[0].First;

    /// <summary>The largest index: what <c>MaxArraySize</c> must exceed.</summary>
    public int Last => Ranges[^1].Last;

    /// <summary>The set of these indices, in any order, double ones once.</summary>
    /// <exception cref="ArgumentException">None at all, a negative one, or one above Slurm's 4,000,000.</exception>
    public static TaskSet From(IEnumerable<int> indices, int? throttle = null)
    {
        var sorted = indices.ToArray();
        Array.Sort(sorted);
        if (sorted is [] || sorted[0] < 0 || sorted[^1] > LargestIndex)
            throw new ArgumentException("A task set has at least one index from 0 to 4,000,000.", nameof(indices));
        return new(Compress(sorted), throttle);
    }

    /// <summary>The indices <c>0</c> to <c>count - 1</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No index, or more than Slurm's 4,000,001.</exception>
    public static TaskSet FromZero(int count, int? throttle = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestIndex + 1);
        return new([new TaskRange(0, count - 1)], throttle);
    }

    /// <summary>Reads the form above; false for anything else, and for the ellipsis of a list that <c>squeue</c> cut short.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out TaskSet? tasks)
    {
        tasks = null;
        int? throttle = null;
        var percent = text.IndexOf('%');
        if (percent >= 0)
        {
            if (!TryWhole(text[(percent + 1)..], out var most) || most < 1)
                return false;
            throttle = most;
            text = text[..percent];
        }
        var ranges = new List<TaskRange>();
        foreach (var part in text.Split(','))
        {
            if (!TryRange(text[part], out var range))
                return false;
            ranges.Add(range);
        }
        tasks = ranges is [{ Step: 1 }] ? new([.. ranges], throttle) : From(ranges.SelectMany(Indices), throttle);
        return true;
    }

    /// <summary>The same indices with another throttle.</summary>
    public TaskSet With(int? throttle) => new(Ranges, throttle);

    /// <summary>Whether the index is in the set.</summary>
    public bool Contains(int index)
    {
        foreach (var range in Ranges)
            if (range.Contains(index))
                return true;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => Ranges.SelectMany(Indices).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TaskSet? other) =>
        other is not null && Throttle == other.Throttle && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TaskSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(First, Last, Count, Throttle);

    /// <summary>The shortest usual form: <c>0-9,12,20-30:2%4</c>.</summary>
    public override string ToString() =>
        string.Join(',', Ranges)
        + (Throttle is { } most ? string.Create(CultureInfo.InvariantCulture, $"%{most}") : "");

    private static IEnumerable<int> Indices(TaskRange range)
    {
        for (var index = range.First; index <= range.Last; index += range.Step)
            yield return index;
    }

    // One form per set, from left to right: as many neighbours as there are; else three or more equally far apart; else one.
    private static ImmutableArray<TaskRange> Compress(int[] sorted)
    {
        var ranges = ImmutableArray.CreateBuilder<TaskRange>();
        for (var at = 0; at < sorted.Length; )
        {
            var (end, step) = RunFrom(sorted, at);
            ranges.Add(new(sorted[at], sorted[end], step));
            do end++;
            while (end < sorted.Length && sorted[end] == sorted[end - 1]);
            at = end;
        }
        return ranges.ToImmutable();
    }

    private static (int End, int Step) RunFrom(int[] sorted, int at)
    {
        var (end, step, length) = (at, 0, 1);
        for (var next = at + 1; next < sorted.Length; next++)
        {
            var gap = sorted[next] - sorted[end];
            if (gap == 0)
                continue;
            if (step == 0)
                step = gap;
            if (gap != step)
                break;
            (end, length) = (next, length + 1);
        }
        return step == 1 || length >= 3 ? (end, step) : (at, 1);
    }

    private static bool TryRange(ReadOnlySpan<char> text, out TaskRange range)
    {
        range = default;
        var step = 1;
        var colon = text.IndexOf(':');
        if (colon >= 0 && (!TryWhole(text[(colon + 1)..], out step) || step < 1))
            return false;
        if (colon >= 0)
            text = text[..colon];
        var dash = text.IndexOf('-');
        if (!TryWhole(dash < 0 ? text : text[..dash], out var first))
            return false;
        var last = first;
        if (dash >= 0 && (!TryWhole(text[(dash + 1)..], out last) || last < first))
            return false;
        range = new(first, last - ((last - first) % step), first == last ? 1 : step);
        return true;
    }

    private static bool TryWhole(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= LargestIndex;
}
