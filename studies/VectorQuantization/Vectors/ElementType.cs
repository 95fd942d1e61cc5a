namespace VectorQuantization.Vectors;

/// <summary>How one coordinate is stored.</summary>
public enum ElementType
{
    /// <summary>IEEE half, 2 bytes.</summary>
    Float16,

    /// <summary>IEEE single, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE double, 8 bytes; rounded to single as it is read.</summary>
    Float64,

    /// <summary>Unsigned byte.</summary>
    UInt8,

    /// <summary>Signed byte.</summary>
    Int8,

    /// <summary>Signed, 4 bytes; exact as a single up to ±2²⁴.</summary>
    Int32,

    /// <summary>Signed, 8 bytes; exact as a single up to ±2²⁴.</summary>
    Int64,

    /// <summary>Decimal text.</summary>
    Text,
}
