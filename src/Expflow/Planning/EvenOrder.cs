using Expflow.Parameters;

namespace Expflow.Planning;

/// <summary>Puts points into an order whose every beginning has each value of each parameter about equally often, far ones before near ones.</summary>
/// <remarks>
/// One parameter alone is taken in the order of van der Corput's sequence in base 2 (0, 1/2, 1/4, 3/4, 1/8, …). Of several, the next point takes for each
/// parameter in turn the value that was taken least so far among those that are left, and van der Corput's order decides between equals. Parameters with many
/// values are cut into <see cref="MostBins"/> ranges of equally many values, so that the time goes with the number of points.
/// </remarks>
internal static class EvenOrder
{
    private const int MostBins = 64;

    /// <summary>The place of each point in the order: 0, 1, 2, …</summary>
    /// <param name="points">All different, all of the same parameters.</param>
    public static int[] RanksOf(IReadOnlyList<ParameterSet> points)
    {
        var ranks = new int[points.Count];
        if (points.Count == 0)
            return ranks;
        var axes = Enumerable.Range(0, points[0].Count).Select(axis => BinsOf(points, axis)).ToArray();
        var root = new Branch();
        for (var point = 0; point < points.Count; point++)
            root.Add(axes, point, 0);
        var taken = axes.Select(bins => new int[bins.Count]).ToArray();
        for (var rank = 0; rank < ranks.Length; rank++)
            ranks[root.Take(axes, taken, 0)] = rank;
        return ranks;
    }

    /// <summary>The numbers from 0 to <paramref name="count"/> - 1 in van der Corput's order.</summary>
    public static IEnumerable<int> Corput(int count)
    {
        var seen = new bool[count];
        var left = count;
        for (var i = 0u; left > 0; i++)
        {
            var at = (int)((ulong)Reversed(i) * (ulong)count >> 32);
            if (seen[at])
                continue;
            seen[at] = true;
            left--;
            yield return at;
        }
    }

    private static uint Reversed(uint bits)
    {
        var reversed = 0u;
        for (var bit = 0; bit < 32; bit++, bits >>= 1)
            reversed = (reversed << 1) | (bits & 1);
        return reversed;
    }

    private static Bins BinsOf(IReadOnlyList<ParameterSet> points, int axis)
    {
        var numbers = new Dictionary<ParameterValue, int>();
        foreach (var point in points)
            numbers.TryAdd(point.ValueAt(axis), numbers.Count);
        // Numbers by their size, other values as the file has them.
        var values = numbers.Keys.All(value => SizeOf(value) is not null)
            ? numbers.Keys.OrderBy(value => SizeOf(value)!.Value).ToArray()
            : [.. numbers.Keys];
        var count = Math.Min(values.Length, MostBins);
        var places = Corput(count).ToArray();
        var priority = new int[count];
        for (var i = 0; i < count; i++)
            priority[places[i]] = i;
        for (var i = 0; i < values.Length; i++)
            numbers[values[i]] = (int)((long)i * count / values.Length);
        return new([.. points.Select(point => numbers[point.ValueAt(axis)])], priority);
    }

    private static double? SizeOf(ParameterValue value) =>
        value switch
        {
            ParameterValue.Integer integer => integer.Value,
            ParameterValue.Number number => number.Value,
            _ => null,
        };

    // The bin of each point, and of each bin its place in van der Corput's order.
    private sealed record Bins(int[] OfPoint, int[] Place)
    {
        public int Count => Place.Length;
    }

    // Points that share the bins of all parameters before this one.
    private sealed class Branch
    {
        private readonly SortedDictionary<int, Branch> branches = [];
        private readonly Queue<int> points = new();

        private bool IsEmpty => points.Count == 0 && branches.Count == 0;

        public void Add(Bins[] axes, int point, int axis)
        {
            if (axis == axes.Length)
            {
                points.Enqueue(point);
                return;
            }
            var bin = axes[axis].OfPoint[point];
            if (!branches.TryGetValue(bin, out var branch))
                branches.Add(bin, branch = new());
            branch.Add(axes, point, axis + 1);
        }

        public int Take(Bins[] axes, int[][] taken, int axis)
        {
            if (axis == axes.Length)
                return points.Dequeue();
            var best = -1;
            foreach (var bin in branches.Keys)
                if (best < 0 || Rank(bin).CompareTo(Rank(best)) < 0)
                    best = bin;
            taken[axis][best]++;
            var branch = branches[best];
            var point = branch.Take(axes, taken, axis + 1);
            if (branch.IsEmpty)
                branches.Remove(best);
            return point;

            (int, int) Rank(int bin) => (taken[axis][bin], axes[axis].Place[bin]);
        }
    }
}
