using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>Rows and columns of a table, and what a value is.</summary>
internal readonly record struct Hdf5Shape(ElementType Element, long Rows, int Columns)
{
    public int ElementBytes => ElementTypes.Bytes(Element);
}
