namespace VectorQuantization.Results;

/// <summary>How often values fell between edges.</summary>
/// <param name="Kind">What was counted: <see cref="RelativeError"/>.</param>
/// <param name="Edges">Ascending; one more than <paramref name="Counts"/>. Bin i holds values from Edges[i] to below Edges[i + 1].</param>
/// <param name="Counts">Of each bin.</param>
public sealed record Histogram(string Kind, IReadOnlyList<double> Edges, IReadOnlyList<long> Counts)
{
    /// <summary>√(‖x − x̂‖² / ‖x‖²) of each base vector.</summary>
    public const string RelativeError = "relative_error";

    /// <summary>The same without empty bins at both ends.</summary>
    internal Histogram Trimmed()
    {
        var first = 0;
        while (first < Counts.Count && Counts[first] == 0)
            first++;
        var after = Counts.Count;
        while (after > first && Counts[after - 1] == 0)
            after--;
        return new Histogram(Kind, [.. Edges.Take(after + 1).Skip(first)], [.. Counts.Take(after).Skip(first)]);
    }

    /// <summary>All values counted.</summary>
    public long Total => Counts.Sum();
}
