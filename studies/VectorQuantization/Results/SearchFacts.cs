namespace VectorQuantization.Results;

/// <summary>How a cell was searched, and how fast that was.</summary>
public sealed record SearchFacts
{
    /// <summary><c>flat</c>, <c>fastscan</c> or <c>ivf</c>; null when it was not searched.</summary>
    public string? Kind { get; init; }

    /// <summary>Lists of an inverted file.</summary>
    public int? Lists { get; init; }

    /// <summary>How many lists a query looks into.</summary>
    public int? Probe { get; init; }

    /// <summary>Candidates for each neighbour asked for that are ranked again with exact vectors; null, 0 or 1 for none.</summary>
    public int? Rerank { get; init; }

    /// <summary>Queries a second on one thread.</summary>
    public double? QpsOneThread { get; init; }

    /// <summary>Half of all queries take no longer, in milliseconds on one thread.</summary>
    public double? P50Milliseconds { get; init; }

    /// <summary>95 of 100 queries take no longer.</summary>
    public double? P95Milliseconds { get; init; }

    /// <summary>99 of 100 queries take no longer.</summary>
    public double? P99Milliseconds { get; init; }

    /// <summary>Queries a second on <see cref="Threads"/> threads.</summary>
    public double? QpsAllThreads { get; init; }

    /// <summary>Threads of <see cref="QpsAllThreads"/>.</summary>
    public int? Threads { get; init; }
}
