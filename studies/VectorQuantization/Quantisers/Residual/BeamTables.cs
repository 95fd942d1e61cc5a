using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>What a beam search looks up: all centroids packed for products with rows, and their products with each other.</summary>
/// <remarks>
/// |x − Σc|² − |x|² is a sum of |c|² − 2x·c for each centroid and 2c·c′ for each pair: with these at hand, a step of the search costs
/// additions of whole rows of tables, whatever the dimension. Coordinates are taken around the first stage's mean, so that data
/// far from zero lose no digits.
/// </remarks>
internal sealed class BeamTables
{
    /// <summary>Makes the tables.</summary>
    public BeamTables(ResidualShape shape, int dimension, ReadOnlySpan<float> codebooks, int threads)
    {
        Shape = shape;
        Dimension = dimension;
        Offset = MeanOf(codebooks[..(shape.StageCentroids * dimension)], dimension);
        var centred = codebooks.ToArray();
        for (var j = 0; j < shape.StageCentroids; j++)
            Kernels.Subtract(centred.AsSpan(j * dimension, dimension), Offset);
        Packed = PackedRows.Of(centred, dimension);
        Products = new float[(long)shape.Centroids * shape.Centroids];
        MatrixProduct.Multiply(centred, Packed, Products, threads);
        Norms = new float[shape.Centroids];
        for (var j = 0; j < Norms.Length; j++)
            Norms[j] = Products[((long)j * Norms.Length) + j];
    }

    public ResidualShape Shape { get; }

    public int Dimension { get; }

    /// <summary>Taken off the first stage's centroids, and to be taken off rows.</summary>
    public float[] Offset { get; }

    /// <summary>All stages' centroids.</summary>
    public PackedRows Packed { get; }

    /// <summary>Inner products of all centroids with all.</summary>
    public float[] Products { get; }

    /// <summary>|c|² of each.</summary>
    public float[] Norms { get; }

    private static float[] MeanOf(ReadOnlySpan<float> rows, int dimension)
    {
        var mean = new double[dimension];
        for (var at = 0; at < rows.Length; at++)
            mean[at % dimension] += rows[at];
        var count = rows.Length / dimension;
        return Array.ConvertAll(mean, sum => (float)(sum / count));
    }
}
