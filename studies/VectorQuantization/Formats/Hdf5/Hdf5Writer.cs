using System.Buffers.Binary;
using System.Text;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>A table to be written.</summary>
/// <param name="Name">ASCII.</param>
/// <param name="Element">Float32, Int32 or Int64.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Numbers a row.</param>
/// <param name="Write">Writes exactly so many numbers.</param>
internal sealed record Hdf5Table(string Name, ElementType Element, long Rows, int Columns, Action<RowWriter> Write)
{
    public long Bytes => Rows * Columns * ElementTypes.Bytes(Element);
}

/// <summary>
/// Writes an HDF5 file of the oldest kind, which everything reads: superblock 0, one group with a symbol table, contiguous tables,
/// attributes that are texts or whole numbers.
/// </summary>
/// <remarks>
/// Source: The HDF Group, "HDF5 File Format Specification Version 3.0". All places are known before the first byte is written:
/// superblock, root header, B-tree, names, symbols, texts, then each table's header, then the tables.
/// </remarks>
internal sealed class Hdf5Writer
{
    private const int SuperblockBytes = 96;
    private const int HeaderPrefixBytes = 16;
    private const int LeafK = 4;
    private const int InternalK = 16;
    private const int TreeBytes = 24 + (InternalK * 2 * 16) + 8;
    private const int SymbolBytes = 40;
    private const int SymbolNodeBytes = 8 + (2 * LeafK * SymbolBytes);
    private const int HeapHeaderBytes = 32;
    private const int LeastTextHeapBytes = 4096;
    private const int Alignment = 64;
    private const long Undefined = -1;

    private readonly Hdf5Table[] tables;
    private readonly (string Name, byte[] Message)[] attributes;
    private readonly byte[] names;
    private readonly int[] nameAt;
    private readonly byte[] texts;
    private readonly long tree;
    private readonly long heap;
    private readonly long symbols;
    private readonly long textHeap;
    private readonly long[] headers;
    private readonly long[] data;
    private readonly long end;

    private Hdf5Writer(IReadOnlyList<Hdf5Table> tables, IReadOnlyList<(string Name, object Value)> values)
    {
        // A symbol table is searched by halving: it must be in the order of the names' bytes.
        this.tables = [.. tables.OrderBy(table => table.Name, StringComparer.Ordinal)];
        if (this.tables.Length > 2 * LeafK)
            throw new ArgumentException($"More than {2 * LeafK} tables.", nameof(tables));
        (names, nameAt) = Names();
        tree =
            SuperblockBytes
            + HeaderPrefixBytes
            + SymbolTableMessage(0, 0).Length
            + values.Sum(value => (long)AttributeBytes(value));
        heap = tree + TreeBytes;
        symbols = heap + HeapHeaderBytes + names.Length;
        textHeap = symbols + SymbolNodeBytes;
        (texts, attributes) = Texts(values);
        headers = new long[this.tables.Length];
        data = new long[this.tables.Length];
        var at = textHeap + texts.Length;
        for (var i = 0; i < headers.Length; i++)
        {
            headers[i] = at;
            at += HeaderPrefixBytes + TableMessages(this.tables[i], 0).Length;
        }
        for (var i = 0; i < data.Length; i++)
        {
            at = (at + Alignment - 1) / Alignment * Alignment;
            data[i] = at;
            at += this.tables[i].Bytes;
        }
        end = at;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="to">At its beginning; can seek.</param>
    /// <param name="attributes">Of the file as a whole: texts and whole numbers (long).</param>
    /// <param name="tables">At most 8.</param>
    public static void Write(
        Stream to,
        IReadOnlyList<(string Name, object Value)> attributes,
        IReadOnlyList<Hdf5Table> tables
    ) => new Hdf5Writer(tables, attributes).WriteAll(to);

    private void WriteAll(Stream to)
    {
        to.Write(Superblock());
        to.Write(Header([SymbolTableMessage(tree, heap), .. attributes.Select(attribute => attribute.Message)]));
        to.Write(Tree());
        to.Write(NameHeap());
        to.Write(Symbols());
        to.Write(texts);
        for (var i = 0; i < tables.Length; i++)
            to.Write(Header([TableMessages(tables[i], data[i])], TableMessageCount));
        for (var i = 0; i < tables.Length; i++)
        {
            to.Position = data[i];
            tables[i].Write(new RowWriter(to, tables[i].Columns, counted: false));
            if (to.Position != data[i] + tables[i].Bytes)
                throw new InvalidOperationException(
                    $"Table '{tables[i].Name}' wrote another number of bytes than it said."
                );
        }
    }

    private byte[] Superblock() =>
        [
            .. Hdf5Signature.File,
            .. new byte[] { 0, 0, 0, 0, 0, 8, 8, 0 },
            .. Short(LeafK),
            .. Short(InternalK),
            .. Int(0),
            .. Long(0),
            .. Long(Undefined),
            .. Long(end),
            .. Long(Undefined),
            .. Long(0),
            .. Long(SuperblockBytes),
            .. Int(1),
            .. Int(0),
            .. Long(tree),
            .. Long(heap),
        ];

    private byte[] Tree()
    {
        byte[] used =
        [
            .. "TREE"u8,
            0,
            0,
            .. Short(1),
            .. Long(Undefined),
            .. Long(Undefined),
            .. Long(0),
            .. Long(symbols),
            .. Long(nameAt.Length > 0 ? nameAt[^1] : 0),
        ];
        return Padded(used, TreeBytes);
    }

    private byte[] NameHeap() =>
        [
            .. "HEAP"u8,
            .. Int(0),
            .. Long(names.Length),
            // 1: no free room in it
            .. Long(1),
            .. Long(heap + HeapHeaderBytes),
            .. names,
        ];

    private byte[] Symbols()
    {
        List<byte> node = [.. "SNOD"u8, 1, 0, .. Short(tables.Length)];
        for (var i = 0; i < tables.Length; i++)
            node.AddRange([.. Long(nameAt[i]), .. Long(headers[i]), .. new byte[SymbolBytes - 16]]);
        return Padded([.. node], SymbolNodeBytes);
    }

    private (byte[] Names, int[] At) Names()
    {
        // The first name of every heap is the empty one.
        List<byte> all = [.. new byte[8]];
        var at = new int[tables.Length];
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = all.Count;
            all.AddRange(Eights([.. Encoding.ASCII.GetBytes(tables[i].Name), 0]));
        }
        return ([.. all], at);
    }

    private (byte[] Heap, (string, byte[])[] Attributes) Texts(IReadOnlyList<(string Name, object Value)> values)
    {
        List<byte> objects = [];
        var made = new (string, byte[])[values.Count];
        var index = 0;
        for (var i = 0; i < made.Length; i++)
        {
            var (name, value) = values[i];
            if (value is string text)
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                objects.AddRange([.. Short(++index), .. Short(1), .. Int(0), .. Long(bytes.Length), .. Eights(bytes)]);
                made[i] = (
                    name,
                    AttributeMessage(name, TextType, [.. Int(bytes.Length), .. Long(textHeap), .. Int(index)])
                );
            }
            else
            {
                made[i] = (name, AttributeMessage(name, TypeOf(ElementType.Int64), Long((long)value)));
            }
        }
        var size = Math.Max(LeastTextHeapBytes, 16 + objects.Count + 16);
        var free = size - 16 - objects.Count;
        byte[] used =
        [
            .. "GCOL"u8,
            1,
            0,
            0,
            0,
            .. Long(size),
            .. objects,
            .. Short(0),
            .. Short(0),
            .. Int(0),
            .. Long(free),
        ];
        return (Padded(used, size), made);
    }

    private static int AttributeBytes((string Name, object Value) value) =>
        AttributeMessage(
            value.Name,
            value.Value is string ? TextType : TypeOf(ElementType.Int64),
            new byte[value.Value is string ? 16 : 8]
        ).Length;

    private const int TableMessageCount = 4;

    private static byte[] TableMessages(Hdf5Table table, long address) =>
        [
            .. Message(1, [1, 2, 0, 0, .. Int(0), .. Long(table.Rows), .. Long(table.Columns)]),
            .. Message(3, TypeOf(table.Element)),
            // fill value, version 2: space is given early, filled never, no value
            .. Message(5, [2, 1, 1, 0, 0, 0, 0, 0]),
            .. Message(8, Eights([3, 1, .. Long(table.Bytes == 0 ? Undefined : address), .. Long(table.Bytes)])),
        ];

    private static byte[] SymbolTableMessage(long tree, long heap) => Message(0x11, [.. Long(tree), .. Long(heap)]);

    private static byte[] AttributeMessage(string name, byte[] type, byte[] value)
    {
        byte[] label = [.. Encoding.ASCII.GetBytes(name), 0];
        byte[] scalar = [1, 0, 0, 0, .. Int(0)];
        return Message(
            0x0C,
            Eights([
                1,
                0,
                .. Short(label.Length),
                .. Short(type.Length),
                .. Short(scalar.Length),
                .. Eights(label),
                .. Eights(type),
                .. Eights(scalar),
                .. value,
            ])
        );
    }

    // A text of variable length in UTF-8: 4 bytes of length, the address of its heap, its number there.
    private static byte[] TextType => [0x19, 0x01, 0x01, 0, .. Int(16), 0x10, 0, 0, 0, .. Int(1), 0, 0, 8, 0];

    private static byte[] TypeOf(ElementType element) =>
        element switch
        {
            // sign in bit 31; exponent of 8 bits at 23, mantissa of 23 bits at 0, bias 127
            ElementType.Float32 => [0x11, 0x20, 31, 0, .. Int(4), 0, 0, 32, 0, 23, 8, 0, 23, .. Int(127)],
            ElementType.Int32 => [0x10, 0x08, 0, 0, .. Int(4), 0, 0, 32, 0],
            ElementType.Int64 => [0x10, 0x08, 0, 0, .. Int(8), 0, 0, 64, 0],
            _ => throw new ArgumentOutOfRangeException(nameof(element)),
        };

    private static byte[] Header(IReadOnlyList<byte[]> messages, int? count = null) =>
        [
            1,
            0,
            .. Short(count ?? messages.Count),
            .. Int(1),
            .. Int(messages.Sum(message => message.Length)),
            .. Int(0),
            .. messages.SelectMany(message => message),
        ];

    private static byte[] Message(int type, byte[] body)
    {
        var padded = Eights(body);
        return [.. Short(type), .. Short(padded.Length), 0, 0, 0, 0, .. padded];
    }

    private static byte[] Eights(byte[] bytes) => Padded(bytes, (bytes.Length + 7) / 8 * 8);

    private static byte[] Padded(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }

    private static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        return bytes;
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
