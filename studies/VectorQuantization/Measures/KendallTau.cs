namespace VectorQuantization.Measures;

/// <summary>How much two orders of the same things agree: Kendall's τ-b, from −1 (reversed) to 1 (the same).</summary>
/// <remarks>
/// (C − D) / √((P − Tₓ)(P − Tᵧ)): pairs in the same order, less pairs in the other, against all P pairs that are not tied. In
/// O(n log n), counting exchanges while merging. Source: W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data",
/// JASA 61 (1966).
/// </remarks>
public static class KendallTau
{
    /// <summary>NaN where one side is all ties, or there are fewer than two things.</summary>
    /// <param name="x">A value a thing.</param>
    /// <param name="y">Another value a thing.</param>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        var both = new (double X, double Y)[x.Length];
        for (var i = 0; i < both.Length; i++)
            both[i] = (x[i], y[i]);
        Array.Sort(both);
        var tiedInX = TiedPairs(both, (left, right) => left.X == right.X);
        var tiedInBoth = TiedPairs(both, (left, right) => left == right);
        var byY = Array.ConvertAll(both, pair => pair.Y);
        var exchanges = Merge(byY, new double[byY.Length]);
        var tiedInY = TiedPairs(byY, (left, right) => left == right);

        var pairs = both.Length * (both.Length - 1L) / 2;
        var balance = pairs - tiedInX - tiedInY + tiedInBoth - (2 * exchanges);
        return balance / (Math.Sqrt(pairs - tiedInX) * Math.Sqrt(pairs - tiedInY));
    }

    private static long TiedPairs<T>(ReadOnlySpan<T> sorted, Func<T, T, bool> tied)
    {
        var pairs = 0L;
        var run = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            run = tied(sorted[i - 1], sorted[i]) ? run + 1 : 0;
            pairs += run;
        }
        return pairs;
    }

    // Sorts, and counts over how many larger values each has moved.
    private static long Merge(Span<double> values, Span<double> room)
    {
        if (values.Length < 2)
            return 0;
        var middle = values.Length / 2;
        var exchanges = Merge(values[..middle], room) + Merge(values[middle..], room);
        var (left, right) = (0, middle);
        for (var to = 0; to < values.Length; to++)
        {
            if (right == values.Length || (left < middle && values[left] <= values[right]))
                room[to] = values[left++];
            else
            {
                exchanges += middle - left;
                room[to] = values[right++];
            }
        }
        room[..values.Length].CopyTo(values);
        return exchanges;
    }
}
