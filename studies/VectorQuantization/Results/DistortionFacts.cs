namespace VectorQuantization.Results;

/// <summary>What decoding gives back wrong.</summary>
public sealed record DistortionFacts
{
    /// <summary>Squared error summed over a vector's coordinates, mean of the vectors.</summary>
    public double? MsePerVector { get; init; }

    /// <summary><see cref="MsePerVector"/> divided by the dimension.</summary>
    public double? MsePerDimension { get; init; }

    /// <summary><see cref="MsePerVector"/> divided by the mean squared length of the vectors.</summary>
    public double? RelativeMse { get; init; }

    /// <summary>Mean of how far distances of random pairs are off: |d̂/d − 1|.</summary>
    public double? PairwiseMean { get; init; }

    /// <summary>Median of the same.</summary>
    public double? PairwiseMedian { get; init; }

    /// <summary>The largest of the same.</summary>
    public double? PairwiseMax { get; init; }
}
