using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>What a value is.</summary>
/// <param name="Class">0 whole number, 1 float, 3 text of fixed length, 9 of variable length, others.</param>
/// <param name="Bytes">Of one value.</param>
/// <param name="Bits">Details, by class.</param>
internal readonly record struct Hdf5Type(int Class, int Bytes, int Bits)
{
    public const int WholeNumber = 0;
    public const int Float = 1;
    public const int FixedText = 3;
    public const int Variable = 9;

    private const int BigEndian = 1;
    private const int Signed = 8;

    public static Hdf5Type Read(ByteRegion bytes, long offset)
    {
        var start = bytes.Span(offset, 8);
        return new Hdf5Type(start[0] & 15, bytes.Int32(offset + 4), start[1] | (start[2] << 8) | (start[3] << 16));
    }

    /// <summary>As a coordinate; null when there is none such.</summary>
    public ElementType? Element =>
        (Class, Bytes, Bits & (Class == WholeNumber ? Signed | BigEndian : BigEndian)) switch
        {
            (Float, 2, 0) => ElementType.Float16,
            (Float, 4, 0) => ElementType.Float32,
            (Float, 8, 0) => ElementType.Float64,
            (WholeNumber, 1, 0 or BigEndian) => ElementType.UInt8,
            (WholeNumber, 1, Signed or (Signed | BigEndian)) => ElementType.Int8,
            (WholeNumber, 4, Signed) => ElementType.Int32,
            (WholeNumber, 8, Signed) => ElementType.Int64,
            _ => null,
        };

    /// <summary>What people call it.</summary>
    public override string ToString() =>
        Class switch
        {
            WholeNumber =>
                $"{((Bits & BigEndian) != 0 ? "big-endian " : "")}{((Bits & Signed) != 0 ? "" : "u")}int{8 * Bytes}",
            Float => $"{((Bits & BigEndian) != 0 ? "big-endian " : "")}float{8 * Bytes}",
            FixedText or Variable => "texts or lists",
            _ => $"values of class {Class}",
        };
}
