namespace VectorQuantization.Search;

/// <summary>How long a search is timed.</summary>
/// <param name="Repeats">How often each measurement is repeated, at least 1.</param>
/// <param name="SingleQueries">How many queries, the first ones, are asked one by one.</param>
/// <param name="Budget">After this much time a measurement isn't repeated any more; the first always ends.</param>
public sealed record TimingPlan(int Repeats, int SingleQueries, TimeSpan Budget)
{
    /// <summary>Five repeats, 1,000 queries one by one, ten seconds for each of the two measurements.</summary>
    public static TimingPlan Usual { get; } = new(5, 1000, TimeSpan.FromSeconds(10));
}
