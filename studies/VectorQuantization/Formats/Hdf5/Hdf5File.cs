using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>The part of HDF5 that h5py and ann-benchmarks write: tables of numbers, contiguous or in chunks, packed by deflate.</summary>
/// <remarks>
/// Source: The HDF Group, "HDF5 File Format Specification Version 3.0". Written anew since PureHDF, which would read all of HDF5,
/// makes generic methods at run time, which can't be compiled ahead of time.
/// </remarks>
internal sealed class Hdf5File
{
    private readonly ByteRegion bytes;
    private readonly string path;
    private readonly List<Hdf5Message> root;
    private readonly HashSet<long> seen = [];
    private readonly Dictionary<string, Hdf5DataSet> tables = new(StringComparer.Ordinal);

    private Hdf5File(ByteRegion bytes, string path)
    {
        (this.bytes, this.path) = (bytes, path);
        root = Hdf5Header.Read(bytes, Root());
        Gather("", root);
    }

    /// <summary>Names of all tables, those in groups as <c>group/table</c>.</summary>
    public IReadOnlyCollection<string> Names => tables.Keys;

    /// <summary>Names of the tables of two axes.</summary>
    public IReadOnlyList<string> Tables =>
        [.. tables.Where(pair => Hdf5Damage.Guard(path, () => pair.Value.Axes().Length == 2)).Select(pair => pair.Key)];

    /// <summary>Reads the names in a file.</summary>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static Hdf5File Read(ByteRegion bytes, string path) =>
        Hdf5Damage.Guard(path, () => new Hdf5File(bytes, path));

    /// <summary>A text attribute of the file as a whole, or null.</summary>
    public string? Text(string attribute) => Hdf5Damage.Guard(path, () => Hdf5Attributes.Text(bytes, root, attribute));

    /// <summary>Opens a table; the rows own the file from then on.</summary>
    /// <exception cref="BadInputException">It holds no vectors, or is damaged.</exception>
    public VectorSet Open(string table)
    {
        var origin = $"{path}:{table}";
        return Hdf5Damage.Guard(origin, () => tables[table].Open(origin));
    }

    private long Root()
    {
        var start = bytes.Span(0, 12);
        Hdf5Damage.Require(start.StartsWith(Hdf5Signature.File), "does not begin as HDF5 files do");
        var version = start[8];
        Hdf5Damage.Require(version <= 3, $"has a superblock of version {version}");
        var (offsets, lengths) = version < 2 ? (bytes.Span(13, 1)[0], bytes.Span(14, 1)[0]) : (start[9], start[10]);
        Hdf5Damage.Require(offsets == 8 && lengths == 8, $"has addresses of {offsets} and lengths of {lengths} bytes");
        var at = version switch
        {
            0 => 24,
            1 => 28,
            _ => 12,
        };
        Hdf5Damage.Require(bytes.Int64(at) == 0, "does not begin at its beginning");
        var end = bytes.Int64(at + 16);
        if (end > bytes.Length)
            throw new BadInputException(
                $"says that it has {end} bytes; the file has {bytes.Length}: it was cut off, or was not closed by the program that wrote it."
            );
        return bytes.Int64(version < 2 ? at + 40 : at + 24);
    }

    private void Gather(string prefix, List<Hdf5Message> group)
    {
        foreach (var (name, address) in Hdf5Group.Links(bytes, group))
        {
            // A group may hold itself.
            if (!seen.Add(address))
                continue;
            var header = Hdf5Header.Read(bytes, address);
            var table = new Hdf5DataSet(bytes, header);
            if (table.Exists)
                tables[prefix + name] = table;
            else
                Gather($"{prefix}{name}/", header);
        }
    }
}
