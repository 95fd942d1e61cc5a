namespace VectorQuantization.Quantisers;

/// <summary>Distances from one query to codes. Holds scratch space: one for each thread.</summary>
public abstract class DistanceEstimator
{
    /// <summary>Takes a query: whatever is worth computing once for all codes is computed here.</summary>
    public abstract void Prepare(ReadOnlySpan<float> query);

    /// <summary>Distances to consecutive codes; smaller is nearer (squared L2, or minus the inner product).</summary>
    /// <param name="codes">Whole codes.</param>
    /// <param name="distances">One a code.</param>
    public abstract void Distances(ReadOnlySpan<byte> codes, Span<float> distances);
}
