using VectorQuantization.Formats.Hdf5;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>A format of files.</summary>
/// <param name="Name">In output.</param>
/// <param name="Extensions">With the dot.</param>
/// <param name="Open">Makes rows that own the bytes.</param>
internal sealed record FileFormat(
    string Name,
    string[] Extensions,
    Func<ByteRegion, string, OpenSettings, VectorSet> Open
)
{
    /// <summary>Names of the tables in a file; null when a file holds one, without a name.</summary>
    public Func<ByteRegion, string, IReadOnlyList<string>>? Elements { get; init; }
}

/// <summary>All formats.</summary>
internal static class FileFormats
{
    private static readonly FileFormat Npy = Fixed("npy", NpyFormat.Layout);
    private static readonly FileFormat Idx = Fixed("idx", IdxFormat.Layout);

    private static readonly FileFormat Npz = new("npz", [".npz"], NpzFormat.Open) { Elements = NpzFormat.Names };

    private static readonly FileFormat Hdf5 = new("hdf5", [".hdf5", ".h5"], Hdf5Format.Open)
    {
        Elements = Hdf5Format.Names,
    };

    private static readonly FileFormat Parquet = new("parquet", [".parquet"], ParquetFormat.Open)
    {
        Elements = ParquetFormat.Names,
    };

    private static readonly FileFormat[] All =
    [
        Vecs("fvecs", ElementType.Float32),
        Vecs("bvecs", ElementType.UInt8),
        Vecs("ivecs", ElementType.Int32),
        Bin("fbin", ElementType.Float32),
        Bin("u8bin", ElementType.UInt8),
        Bin("i8bin", ElementType.Int8),
        Bin("ibin", ElementType.Int32),
        Npy,
        Npz,
        Hdf5,
        Parquet,
        Idx,
        new("text", [".vec", ".txt"], (bytes, path, _) => TextFormat.Open(bytes, path)),
    ];

    /// <summary>All extensions, for people.</summary>
    public static string Extensions { get; } = string.Join(", ", All.SelectMany(format => format.Extensions));

    /// <summary>All extensions.</summary>
    public static IEnumerable<string> ExtensionList => All.SelectMany(format => format.Extensions);

    /// <summary>By the file's name, which may say that it is a piece of a larger file; null when that tells nothing.</summary>
    public static FileFormat? ByName(string path)
    {
        var name = BinFormat.WithoutCrop(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        return Array.Find(
            All,
            format => format.Extensions.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        );
    }

    /// <summary>By the file's first bytes; null when they tell nothing.</summary>
    public static FileFormat? ByContent(ReadOnlySpan<byte> start) =>
        start.StartsWith(NpyHeader.Magic) ? Npy
        : start.StartsWith(Hdf5Signature.File) ? Hdf5
        : NpzFormat.Is(start) ? Npz
        : ParquetFormat.Is(start) ? Parquet
        : IdxFormat.Is(start) ? Idx
        : null;

    private static FileFormat Vecs(string name, ElementType element) =>
        Fixed(name, (bytes, path) => VecsFormat.Layout(bytes, path, element));

    private static FileFormat Bin(string name, ElementType element) =>
        Fixed(name, (bytes, path) => BinFormat.Layout(bytes, path, element));

    private static FileFormat Fixed(string name, Func<ByteRegion, string, RowLayout> layout) =>
        new(name, [$".{name}"], (bytes, path, _) => new FixedVectors(path, bytes, layout(bytes, path)));
}
