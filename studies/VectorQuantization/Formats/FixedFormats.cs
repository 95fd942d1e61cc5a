using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>A format whose rows all have one size: finds them in the bytes of a file.</summary>
/// <param name="Name">Its name in output.</param>
/// <param name="Extension">With the dot.</param>
/// <param name="Layout">From the bytes and what the user called the file.</param>
internal sealed record FixedFormat(string Name, string Extension, Func<ByteRegion, string, RowLayout> Layout);

/// <summary>All formats whose rows have one size.</summary>
internal static class FixedFormats
{
    public static readonly FixedFormat Npy = new("npy", ".npy", NpyFormat.Layout);
    public static readonly FixedFormat Idx = new("idx", ".idx", IdxFormat.Layout);

    public static readonly FixedFormat[] All =
    [
        Vecs(".fvecs", ElementType.Float32),
        Vecs(".bvecs", ElementType.UInt8),
        Vecs(".ivecs", ElementType.Int32),
        Bin(".fbin", ElementType.Float32),
        Bin(".u8bin", ElementType.UInt8),
        Bin(".i8bin", ElementType.Int8),
        Bin(".ibin", ElementType.Int32),
        Npy,
        Idx,
    ];

    /// <summary>By the file's name, which may say that it is a piece of a larger file; null when that tells nothing.</summary>
    public static FixedFormat? ByName(string path)
    {
        var name = BinFormat.WithoutCrop(path);
        return Array.Find(All, format => name.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>By the file's first bytes; null when they tell nothing.</summary>
    public static FixedFormat? ByContent(ReadOnlySpan<byte> start) =>
        start.StartsWith(NpyHeader.Magic) ? Npy
        : IdxFormat.Is(start) ? Idx
        : null;

    private static FixedFormat Vecs(string extension, ElementType element) =>
        new(extension[1..], extension, (bytes, name) => VecsFormat.Layout(bytes, name, element));

    private static FixedFormat Bin(string extension, ElementType element) =>
        new(extension[1..], extension, (bytes, name) => BinFormat.Layout(bytes, name, element));
}
