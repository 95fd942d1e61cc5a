using VectorQuantization.Measures;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>Pairs of base rows whose distances are compared before and after quantising: the same for every cell.</summary>
public sealed class PairSample
{
    private readonly float[] left;
    private readonly float[] right;
    private readonly int dimension;

    /// <summary>Reads the rows of these pairs; pairs of a row with itself are dropped.</summary>
    /// <param name="rows">The base.</param>
    /// <param name="i">Rows on the left.</param>
    /// <param name="j">Rows on the right.</param>
    public PairSample(VectorSet rows, IReadOnlyList<long> i, IReadOnlyList<long> j)
    {
        dimension = rows.Dimension;
        var pairs = i.Zip(j).Where(pair => pair.First != pair.Second).ToArray();
        left = new SelectedVectors(rows, [.. pairs.Select(pair => pair.First)]).ToArray();
        right = new SelectedVectors(rows, [.. pairs.Select(pair => pair.Second)]).ToArray();
    }

    /// <summary>What the codec does to their distances.</summary>
    public PairwiseDistortion Distortion(Coding coding) =>
        PairwiseDistortion.Of(left, right, RoundTrip(coding, left), RoundTrip(coding, right), dimension);

    private static float[] RoundTrip(Coding coding, float[] rows)
    {
        var decoded = new float[rows.Length];
        coding.RoundTrip([.. rows], decoded, TimeProvider.System);
        return decoded;
    }
}
