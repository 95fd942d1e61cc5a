using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Rows whose coordinates can also be had as they are stored: ids would be rounded on their way through floats.</summary>
/// <param name="origin">What the user called it.</param>
/// <param name="count">Rows.</param>
/// <param name="dimension">Coordinates a row.</param>
public abstract class StoredVectors(string origin, long count, int dimension) : VectorSet(origin, count, dimension)
{
    /// <summary>Copies rows as they are stored, little-endian.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="rows">Whole rows of bytes.</param>
    internal abstract void ReadStored(long first, Span<byte> rows);
}
