using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Parquet;
using Parquet.Schema;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Rows of a column of lists, decoded a row group at a time. Owns the file.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ParquetVectors<T>(string origin, ByteRegion bytes, DataField column, long[] starts, int dimension)
    : BlockVectors(origin, starts, dimension)
    where T : unmanaged
{
    // A reader is one thread's at a time, and its footer may be long.
    private readonly ConcurrentBag<ParquetReader> readers = [];

    public override ElementType Element => typeof(T) == typeof(float) ? ElementType.Float32 : ElementType.Float64;

    protected override void Decode(int block, long first, Span<float> rows)
    {
        var values = new T[rows.Length];
        var begins = new int[rows.Length];
        var levels = new int[rows.Length];
        var reader = readers.TryTake(out var free) ? free : ParquetFormat.Reader(bytes, Origin);
        ParquetFormat.Guard(Origin, () => ReadGroup(reader, block, values, levels, begins));
        readers.Add(reader);
        RequireWhole(levels, begins, first);
        Conversion.ToSingle(Element, MemoryMarshal.AsBytes(values.AsSpan()), rows);
    }

    protected override void Dispose(bool disposing)
    {
        bytes.Dispose();
        base.Dispose(disposing);
    }

    private bool ReadGroup(ParquetReader reader, int block, T[] values, int[] levels, int[] begins)
    {
        var field = Array.Find(reader.Schema.DataFields, field => field.Path.Equals(column.Path))!;
        using var group = reader.OpenRowGroupReader(block);
        group.ReadRawAsync<T>(field, values, levels, begins).AsTask().GetAwaiter().GetResult();
        return true;
    }

    /// <summary>Each list must begin where a row of that many numbers does, and hold a number at each place.</summary>
    private void RequireWhole(int[] levels, int[] begins, long first)
    {
        var missing = levels.AsSpan().IndexOfAnyExcept(column.MaxDefinitionLevel);
        if (missing >= 0)
            throw new BadInputException(
                $"'{Origin}': row {first + (missing / Dimension)} (counted from 0) lacks its list or a number in it. Drop such rows."
            );
        for (var i = 0; i < begins.Length; i++)
        {
            if (begins[i] == 0 != (i % Dimension == 0))
                throw new BadInputException(
                    $"'{Origin}': row {first + (i / Dimension)} (counted from 0) is not {Dimension} numbers long, as the others are. "
                        + "Drop such rows."
                );
        }
    }
}
