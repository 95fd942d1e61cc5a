using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>NumPy arrays (.npy, versions 1 to 3) of two axes in C order.</summary>
internal static class NpyFormat
{
    public static RowLayout Layout(ByteRegion bytes, string name)
    {
        var header = NpyHeader.Read(bytes, name);
        var element = Element(header.Type, name);
        if (header.Shape.Length != 2)
            throw new BadInputException(
                $"'{name}' has the shape ({string.Join(", ", header.Shape)}); vectors are (rows, coordinates). "
                    + "Save x.reshape(len(x), -1)."
            );
        var (count, dimension) = (header.Shape[0], header.Shape[1]);
        if (header.ColumnMajor && count > 1 && dimension > 1)
            throw new BadInputException(
                $"'{name}' is in Fortran order: a row's coordinates lie all over the file. Save np.ascontiguousarray(x)."
            );
        SizeProblem.RequireDimension(name, dimension);
        var needed = header.DataStart + ((Int128)count * dimension * ElementTypes.Bytes(element));
        SizeProblem.RequireBytes(name, count, dimension, needed, bytes.Length);
        return RowLayout.Dense(element, count, (int)dimension, header.DataStart);
    }

    private static ElementType Element(string type, string name) =>
        type switch
        {
            "<f2" => ElementType.Float16,
            "<f4" => ElementType.Float32,
            "<f8" => ElementType.Float64,
            "|u1" => ElementType.UInt8,
            "|i1" => ElementType.Int8,
            "<i4" => ElementType.Int32,
            "<i8" => ElementType.Int64,
            "|O" => throw new BadInputException(
                $"'{name}' holds pickled Python objects, which are not read: they could run anything. Rows of different lengths "
                    + "become that; save np.stack(rows).astype('<f4')."
            ),
            ['>', .. var rest] => throw new BadInputException(
                $"'{name}' is big-endian ('{type}'). Save x.astype('<{rest}')."
            ),
            _ => throw new BadInputException(
                $"'{name}' holds elements of type '{type}'; f2, f4, f8, u1, i1, i4 and i8 are read. Save x.astype('<f4')."
            ),
        };
}
