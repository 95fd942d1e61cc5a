using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Where rows of one size lie in a file.</summary>
/// <param name="Element">How a coordinate is stored, little-endian.</param>
/// <param name="Count">Rows.</param>
/// <param name="Dimension">Coordinates a row.</param>
/// <param name="Start">Byte offset of the first row's first coordinate.</param>
/// <param name="Stride">Bytes from a row's first coordinate to the next row's.</param>
/// <param name="HasCounts">Whether the 4 bytes before each row repeat its dimension (TEXMEX).</param>
public sealed record RowLayout(
    ElementType Element,
    long Count,
    int Dimension,
    long Start,
    long Stride,
    bool HasCounts = false
)
{
    /// <summary>More coordinates than this are taken for a wrong header.</summary>
    public const int MostDimensions = 1 << 20;

    /// <summary>Bytes of a row's coordinates.</summary>
    public int RowBytes => Dimension * ElementTypes.Bytes(Element);

    /// <summary>Whether the rows follow each other without a gap.</summary>
    public bool IsDense => Stride == RowBytes;

    /// <summary>Rows one after the other from <paramref name="start"/> on.</summary>
    public static RowLayout Dense(ElementType element, long count, int dimension, long start) =>
        new(element, count, dimension, start, (long)dimension * ElementTypes.Bytes(element));
}
