using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>TEXMEX files (.fvecs, .bvecs, .ivecs): each row is its dimension as int32, then its coordinates, little-endian.</summary>
/// <remarks>Source: http://corpus-texmex.irisa.fr. Every row's dimension is checked when the row is read.</remarks>
internal static class VecsFormat
{
    public static RowLayout Layout(ByteRegion bytes, string name, ElementType element)
    {
        if (bytes.Length < sizeof(int))
            throw new BadInputException($"'{name}': {bytes.Length} bytes are too few for a row.");
        var dimension = bytes.Int32(0);
        SizeProblem.RequireDimension(name, dimension);
        var layout = new RowLayout(
            element,
            0,
            dimension,
            sizeof(int),
            sizeof(int) + ((long)dimension * ElementTypes.Bytes(element)),
            HasCounts: true
        );
        var rows = bytes.Length / layout.Stride;
        if (bytes.Length % layout.Stride != 0)
            throw new BadInputException(
                $"'{name}': {bytes.Length} bytes are no whole number of rows of {dimension} coordinates, {layout.Stride} bytes "
                    + $"each: {bytes.Length % layout.Stride} bytes follow row {rows}. The file was cut off or is of another "
                    + $"element type; its first {rows} rows alone are what 'head -c {rows * layout.Stride}' keeps."
            );
        return layout with { Count = rows };
    }
}
