namespace VectorQuantization.Quantisers.Scalar;

/// <summary>Levels of least squared error for one coordinate's values.</summary>
/// <remarks>
/// Values are gathered into at most 1024 points, for which the levels are exact (<see cref="ExactLevels"/>); where that lost
/// anything, Lloyd's iterations over all values go on from there. With sums over sorted values at hand, an iteration costs a
/// binary search for each level, however many values there are.
/// </remarks>
internal static class LloydLevels
{
    private const int Points = 1024;
    private const int Rounds = 200;

    /// <summary>Finds levels.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="levels">Overwritten, ascending; the last one is repeated when there are fewer different values.</param>
    public static void Fit(ReadOnlySpan<float> sorted, Span<float> levels)
    {
        var (points, weights, whole) = Gather(sorted);
        var used = Math.Min(levels.Length, points.Length);
        var (found, _) = ExactLevels.Of(points, weights, used);
        if (!whole)
            Polish(sorted, found);
        for (var i = 0; i < levels.Length; i++)
            levels[i] = (float)found[Math.Min(i, used - 1)];
    }

    /// <summary>Means and numbers of neighbouring values: each value by itself if there are few different ones.</summary>
    private static (double[] Points, double[] Weights, bool Whole) Gather(ReadOnlySpan<float> sorted)
    {
        var different = 1;
        for (var i = 1; i < sorted.Length && different <= Points; i++)
            different += sorted[i] != sorted[i - 1] ? 1 : 0;
        var whole = different <= Points;
        var points = new List<double>();
        var weights = new List<double>();
        var bin = new Bins(sorted);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            double sum = sorted[start];
            while (end < sorted.Length && (sorted[end] == sorted[start] || (!whole && bin.Of(end) == bin.Of(start))))
                sum += sorted[end++];
            points.Add(sum / (end - start));
            weights.Add(end - start);
        }
        return ([.. points], [.. weights], whole);
    }

    // Even in rank and in value alike: neither the dense middle nor a thin tail falls into a few bins.
    private readonly ref struct Bins(ReadOnlySpan<float> sorted)
    {
        private readonly ReadOnlySpan<float> sorted = sorted;
        private readonly double perRank = Points / 2.0 / sorted.Length;
        private readonly double perUnit = Points / 2.0 / Math.Max(1e-300, (double)sorted[^1] - sorted[0]);

        public int Of(int i) => (int)((i * perRank) + (((double)sorted[i] - sorted[0]) * perUnit));
    }

    private static void Polish(ReadOnlySpan<float> sorted, double[] levels)
    {
        var sums = new double[sorted.Length + 1];
        for (var i = 0; i < sorted.Length; i++)
            sums[i + 1] = sums[i] + sorted[i];
        for (var round = 0; round < Rounds; round++)
        {
            var moved = 0.0;
            var start = 0;
            for (var k = 0; k < levels.Length; k++)
            {
                var end = k == levels.Length - 1 ? sorted.Length : UpTo(sorted, (levels[k] + levels[k + 1]) / 2);
                if (end > start)
                {
                    var mean = (sums[end] - sums[start]) / (end - start);
                    moved = Math.Max(moved, Math.Abs(mean - levels[k]));
                    levels[k] = mean;
                }
                start = Math.Max(start, end);
            }
            if (moved <= 1e-6 * ((double)sorted[^1] - sorted[0]) / levels.Length)
                return;
        }
    }

    // How many values are at most 'threshold'.
    private static int UpTo(ReadOnlySpan<float> sorted, double threshold)
    {
        int low = 0,
            high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= threshold)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
