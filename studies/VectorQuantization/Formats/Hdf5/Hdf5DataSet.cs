using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>A table in an HDF5 file.</summary>
/// <param name="bytes">The file.</param>
/// <param name="header">The table's header.</param>
internal sealed class Hdf5DataSet(ByteRegion bytes, List<Hdf5Message> header)
{
    private const int Compact = 0;
    private const int Contiguous = 1;
    private const int Chunked = 2;

    /// <summary>Whether the header is that of a table at all.</summary>
    public bool Exists => header.Any(message => message.Type == Hdf5Message.Layout);

    /// <summary>Lengths of the axes.</summary>
    public long[] Axes()
    {
        var at = Only(Hdf5Message.Dataspace).Offset;
        var start = bytes.Span(at, 2);
        var axes = new long[start[1]];
        for (var i = 0; i < axes.Length; i++)
            axes[i] = Hdf5Bytes.Unsigned(bytes.Span(at + (start[0] == 1 ? 8 : 4) + (8L * i), 8));
        return axes;
    }

    /// <summary>What a value is.</summary>
    public Hdf5Type Type() => Hdf5Type.Read(bytes, Only(Hdf5Message.Datatype).Offset);

    /// <summary>Opens the table.</summary>
    /// <param name="origin">What the user called it.</param>
    /// <returns>Rows that own <c>bytes</c>.</returns>
    public VectorSet Open(string origin)
    {
        var axes = Axes();
        var type = Type();
        if (axes.Length != 2)
            throw new BadInputException(
                $"has {axes.Length} axes ({string.Join(" × ", axes)}); vectors are rows × coordinates."
                    + (axes.Length == 1 ? " Sparse data sets are not read." : "")
            );
        var element =
            type.Element
            ?? throw new BadInputException(
                $"holds {type}; little-endian floats of 2, 4 and 8 bytes, bytes, int32 and int64 are read."
            );
        SizeProblem.RequireDimension(origin, axes[1]);
        var shape = new Hdf5Shape(element, axes[0], (int)axes[1]);
        return OpenLayout(origin, shape);
    }

    private VectorSet OpenLayout(string origin, Hdf5Shape shape)
    {
        var at = Only(Hdf5Message.Layout).Offset;
        var start = bytes.Span(at, 4);
        if (start[0] is not (3 or 4))
            throw Hdf5Damage.Unknown($"a data layout of version {start[0]}");
        return start[1] switch
        {
            Compact => Dense(origin, shape, at + 4, Hdf5Bytes.Unsigned(bytes.Span(at + 2, 2))),
            Contiguous => Dense(origin, shape, bytes.Int64(at + 2), bytes.Int64(at + 10)),
            Chunked => new Hdf5Vectors(
                origin,
                bytes,
                shape,
                start[0] == 3 ? FirstIndex(at, shape) : SecondIndex(at, shape),
                Filters()
            ),
            _ => throw Hdf5Damage.Unknown("a data layout that is spread over other files"),
        };
    }

    private FixedVectors Dense(string origin, Hdf5Shape shape, long address, long stored)
    {
        if (address == Hdf5Bytes.Undefined && shape.Rows > 0)
            throw new BadInputException("has no values: none were ever written.");
        var needed = (Int128)shape.Rows * shape.Columns * shape.ElementBytes;
        if (needed != stored || (needed > 0 && (address < 0 || address > bytes.Length - stored)))
            throw new BadInputException(
                $"needs {needed} bytes at {address} and has {stored}; the file has {bytes.Length}. It was cut off or is damaged."
            );
        return new FixedVectors(
            origin,
            bytes,
            RowLayout.Dense(shape.Element, shape.Rows, shape.Columns, Math.Max(0, address))
        );
    }

    private Hdf5Chunks FirstIndex(long at, Hdf5Shape shape)
    {
        var chunks = new Hdf5Chunks(bytes.Length, shape, (uint)bytes.Int32(at + 11), (uint)bytes.Int32(at + 15));
        chunks.ReadTree(bytes, bytes.Int64(at + 3));
        return chunks;
    }

    private Hdf5Chunks SecondIndex(long at, Hdf5Shape shape)
    {
        var start = bytes.Span(at, 5);
        var (flags, axes, width) = (start[2], start[3], start[4]);
        Hdf5Damage.Require(axes == 3, $"chunks have {axes - 1} axes");
        var chunks = new Hdf5Chunks(
            bytes.Length,
            shape,
            Hdf5Bytes.Unsigned(bytes.Span(at + 5, width)),
            Hdf5Bytes.Unsigned(bytes.Span(at + 5 + width, width))
        );
        var index = at + 5 + (axes * width);
        switch (bytes.Span(index, 1)[0])
        {
            case 1:
                Single(index + 1, (flags & 2) != 0, chunks);
                break;
            case 2:
                for (var i = 0; i < chunks.Count; i++)
                    chunks[i] = new Hdf5Chunk(
                        bytes.Int64(index + 1) + ((long)i * chunks.ChunkBytes),
                        chunks.ChunkBytes,
                        0
                    );
                break;
            case 3:
                Hdf5FixedArray.Read(bytes, bytes.Int64(index + 2), chunks);
                break;
            default:
                throw Hdf5Damage.Unknown("a table that can grow, in the newest way of HDF5 (libver='latest')");
        }
        return chunks;
    }

    private void Single(long at, bool filtered, Hdf5Chunks chunks)
    {
        if (chunks.Count == 0)
            return;
        chunks[0] = filtered
            ? new Hdf5Chunk(bytes.Int64(at + 12), checked((int)bytes.Int64(at)), bytes.Int32(at + 8))
            : new Hdf5Chunk(bytes.Int64(at), chunks.ChunkBytes, 0);
    }

    private Hdf5Filters Filters()
    {
        var found = header.FindIndex(message => message.Type == Hdf5Message.Filters);
        return found < 0 ? Hdf5Filters.None : Hdf5Filters.Read(bytes, header[found]);
    }

    private Hdf5Message Only(int type)
    {
        var found = header.FindIndex(message => message.Type == type);
        Hdf5Damage.Require(found >= 0, $"a table's header lacks message {type}");
        if (header[found].IsShared)
            throw Hdf5Damage.Unknown("a type with a name of its own");
        return header[found];
    }
}
