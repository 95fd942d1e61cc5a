using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Sizes and names of element types.</summary>
public static class ElementTypes
{
    /// <summary>Bytes of one coordinate; 0 for text.</summary>
    public static int Bytes(ElementType element) =>
        element switch
        {
            ElementType.UInt8 or ElementType.Int8 => 1,
            ElementType.Float16 => 2,
            ElementType.Float32 or ElementType.Int32 => 4,
            ElementType.Float64 or ElementType.Int64 => 8,
            _ => 0,
        };

    /// <summary>The name in output: <c>float32</c>.</summary>
    public static string Name(ElementType element) =>
        element switch
        {
            ElementType.Float16 => "float16",
            ElementType.Float32 => "float32",
            ElementType.Float64 => "float64",
            ElementType.UInt8 => "uint8",
            ElementType.Int8 => "int8",
            ElementType.Int32 => "int32",
            ElementType.Int64 => "int64",
            _ => "text",
        };
}
