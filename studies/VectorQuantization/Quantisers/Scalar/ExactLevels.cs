namespace VectorQuantization.Quantisers.Scalar;

/// <summary>k-means on a line, solved exactly: no other levels have a smaller squared error.</summary>
/// <remarks>
/// Dynamic programming over sorted points; where the last cluster begins moves right with the point that it ends at, so each row
/// of the table is filled by divide and conquer in O(n log n) (X. Wu, "Optimal quantization by matrix searching", 1991;
/// Ckmeans.1d.dp of H. Wang and M. Song, 2011, has the recurrence).
/// </remarks>
internal sealed class ExactLevels
{
    // Sums over the first i points, taken from their mean so that little cancels.
    private readonly double[] weight;
    private readonly double[] moment;
    private readonly double[] square;
    private readonly double mean;
    private readonly int[][] starts;
    private double[] before;
    private double[] now;

    private ExactLevels(ReadOnlySpan<double> points, ReadOnlySpan<double> weights, int clusters)
    {
        var count = points.Length;
        (weight, moment, square) = (new double[count + 1], new double[count + 1], new double[count + 1]);
        double total = 0,
            sum = 0;
        for (var i = 0; i < count; i++)
        {
            total += weights[i];
            sum += weights[i] * points[i];
        }
        mean = sum / total;
        for (var i = 0; i < count; i++)
        {
            var x = points[i] - mean;
            weight[i + 1] = weight[i] + weights[i];
            moment[i + 1] = moment[i] + (weights[i] * x);
            square[i + 1] = square[i] + (weights[i] * x * x);
        }
        (before, now) = (new double[count + 1], new double[count + 1]);
        starts = new int[clusters][];
    }

    /// <summary>The levels, ascending, and the weighted sum of squared errors.</summary>
    /// <param name="points">Ascending, all different.</param>
    /// <param name="weights">Positive, one a point.</param>
    /// <param name="clusters">At most as many as points.</param>
    public static (double[] Levels, double Error) Of(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> weights,
        int clusters
    ) => new ExactLevels(points, weights, clusters).Solve(points.Length, clusters);

    private (double[] Levels, double Error) Solve(int count, int clusters)
    {
        for (var i = 1; i <= count; i++)
            now[i] = Cost(0, i);
        starts[0] = new int[count + 1];
        for (var k = 1; k < clusters; k++)
        {
            (before, now) = (now, before);
            starts[k] = new int[count + 1];
            Fill(k, k + 1, count, k, count - 1);
        }
        var error = now[count];
        var levels = new double[clusters];
        for (int k = clusters - 1, end = count; k >= 0; end = starts[k][end], k--)
        {
            var start = starts[k][end];
            levels[k] = mean + ((moment[end] - moment[start]) / (weight[end] - weight[start]));
        }
        return (levels, error);
    }

    /// <summary>The best start of cluster <paramref name="k"/> for every end from <paramref name="first"/> to <paramref name="last"/>.</summary>
    private void Fill(int k, int first, int last, int leastStart, int mostStart)
    {
        if (first > last)
            return;
        var end = (first + last) / 2;
        var best = double.PositiveInfinity;
        var at = leastStart;
        for (var start = leastStart; start <= Math.Min(mostStart, end - 1); start++)
        {
            var error = before[start] + Cost(start, end);
            if (error < best)
                (best, at) = (error, start);
        }
        now[end] = best;
        starts[k][end] = at;
        Fill(k, first, end - 1, leastStart, at);
        Fill(k, end + 1, last, at, mostStart);
    }

    private double Cost(int start, int end)
    {
        var sum = moment[end] - moment[start];
        return Math.Max(0, square[end] - square[start] - (sum * sum / (weight[end] - weight[start])));
    }
}
