using VectorQuantization.Numerics;

namespace VectorQuantization.Measures;

/// <summary>Sums up what quantising lost, block by block.</summary>
/// <remarks>Not thread-safe: one a block, added up in the order of the blocks so that the sums don't depend on threads.</remarks>
public sealed class ReconstructionError
{
    private double squaredError;

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Mean of ‖x − x̂‖² over rows, summed over dimensions.</summary>
    public double PerVector => squaredError / Rows;

    /// <summary><see cref="PerVector"/> over the number of dimensions.</summary>
    public double PerDimension(int dimension) => PerVector / dimension;

    /// <summary>Takes rows and what became of them.</summary>
    /// <param name="original">Row-major.</param>
    /// <param name="decoded">The same rows, decoded.</param>
    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="histogram">Takes each row's relative error √(‖x − x̂‖² / ‖x‖²), where given.</param>
    public void Add(
        ReadOnlySpan<float> original,
        ReadOnlySpan<float> decoded,
        int dimension,
        ErrorHistogram? histogram = null
    )
    {
        for (var at = 0; at < original.Length; at += dimension)
        {
            var row = original.Slice(at, dimension);
            double error = Kernels.SquaredDistance(row, decoded.Slice(at, dimension));
            squaredError += error;
            histogram?.Add(error, Kernels.Dot(row, row));
        }
        Rows += original.Length / dimension;
    }

    /// <summary>Adds another block's sums to these.</summary>
    public void Add(ReconstructionError other)
    {
        squaredError += other.squaredError;
        Rows += other.Rows;
    }
}
