namespace VectorQuantization.Quantisers;

/// <summary>An estimator whose distances are sums: each of a code's indices picks a number from a table of its own.</summary>
/// <remarks>Indices are packed one after the other, the first in the lowest bits of the first byte.</remarks>
public abstract class TableEstimator : DistanceEstimator
{
    /// <summary>Indices of a code.</summary>
    public abstract int Parts { get; }

    /// <summary>Bits of an index.</summary>
    public abstract int Bits { get; }

    /// <summary>
    /// What each index adds to the distance from the query last prepared: <see cref="Parts"/> tables of 2^<see cref="Bits"/>. The
    /// estimator's own sums may differ from exact sums of these only by the rounding of single precision.
    /// </summary>
    public abstract ReadOnlySpan<float> Tables { get; }

    /// <summary>Takes tables as they are, instead of a query's.</summary>
    /// <param name="tables">As long as <see cref="Tables"/>; copied.</param>
    public abstract void TakeTables(ReadOnlySpan<float> tables);
}
