namespace VectorQuantization.Results;

/// <summary>What a search over codes finds of the true neighbours. Shares of 0 to 1 unless said otherwise.</summary>
public sealed record RetrievalFacts
{
    /// <summary>Queries whose nearest neighbour is the first found.</summary>
    public double? RecallAt1 { get; init; }

    /// <summary>Queries whose nearest neighbour is among the first 10 found.</summary>
    public double? RecallAt10 { get; init; }

    /// <summary>Queries whose nearest neighbour is among the first 100 found.</summary>
    public double? RecallAt100 { get; init; }

    /// <summary>The first found that is the nearest neighbour or as near.</summary>
    public double? IntersectionAt1 { get; init; }

    /// <summary>The true 10 nearest that are among the first 10 found.</summary>
    public double? IntersectionAt10 { get; init; }

    /// <summary>The true 100 nearest that are among the first 100 found.</summary>
    public double? IntersectionAt100 { get; init; }

    /// <summary>The true 10 nearest that are not among the first 10 found, as the original defined it.</summary>
    public double? RankDistortion { get; init; }

    /// <summary>Kendall's τ between the true and the found order, −1 to 1.</summary>
    public double? KendallTau { get; init; }
}
