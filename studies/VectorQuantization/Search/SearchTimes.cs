using VectorQuantization.Neighbours;

namespace VectorQuantization.Search;

/// <summary>What a search took and found. All times in seconds.</summary>
/// <param name="Found">The neighbours of all queries: what recall is computed of.</param>
/// <param name="Threads">Threads of the search in bulk.</param>
/// <param name="SingleQueries">How many queries were asked one by one, on one thread.</param>
/// <param name="SingleRepeats">How often.</param>
/// <param name="P50">Half of the queries, asked one by one on one thread, took at most this long; the median over the repeats.</param>
/// <param name="P95">The same of 95 %.</param>
/// <param name="P99">The same of 99 %.</param>
/// <param name="SinglePerSecond">Queries a second, one by one on one thread; the median over the repeats.</param>
/// <param name="SingleBestPerSecond">The same of the best repeat.</param>
/// <param name="BulkRepeats">How often all queries were given at once, on all threads.</param>
/// <param name="BulkPerSecond">Queries a second then; the median over the repeats.</param>
/// <param name="BulkBestPerSecond">The same of the best repeat.</param>
public sealed record SearchTimes(
    NeighbourTable Found,
    int Threads,
    int SingleQueries,
    int SingleRepeats,
    double P50,
    double P95,
    double P99,
    double SinglePerSecond,
    double SingleBestPerSecond,
    int BulkRepeats,
    double BulkPerSecond,
    double BulkBestPerSecond
);
