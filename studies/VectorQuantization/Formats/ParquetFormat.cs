using Parquet;
using Parquet.Schema;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Columns of lists of floats or doubles in a Parquet file, as embeddings come from Hugging Face: <c>emb</c> beside texts.</summary>
internal static class ParquetFormat
{
    public static bool Is(ReadOnlySpan<byte> start) => start.StartsWith("PAR1"u8);

    public static IReadOnlyList<string> Names(ByteRegion bytes, string path)
    {
        var reader = Reader(bytes, path);
        return [.. Columns(reader, path).Select(Name)];
    }

    public static VectorSet Open(ByteRegion bytes, string path, OpenSettings settings)
    {
        var reader = Reader(bytes, path);
        var columns = Columns(reader, path);
        var name = ElementChoice.Pick(path, [.. columns.Select(Name)], settings, "columns of lists of floats");
        var column = columns.First(field => Name(field) == name);
        var origin = $"{path}:{name}";
        var (starts, dimension) = Guard(origin, () => Shape(reader, column, origin));
        return column.ClrType == typeof(float)
            ? new ParquetVectors<float>(origin, bytes, column, starts, dimension)
            : new ParquetVectors<double>(origin, bytes, column, starts, dimension);
    }

    /// <summary>A reader of its own for one thread; reads the footer.</summary>
    /// <exception cref="BadInputException">The file is damaged.</exception>
    public static ParquetReader Reader(ByteRegion bytes, string path)
    {
        // The stream is memory: every task is done when it comes.
        return Guard(path, () => ParquetReader.CreateAsync(bytes.Stream(0, bytes.Length)).GetAwaiter().GetResult());
    }

    /// <summary>Reads a part; what Parquet.Net throws at a damaged file, which may be anything, becomes a problem of the file.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NotImplementedException cause)
        {
            throw new BadInputException(
                $"'{path}' has pages of the second version, which are not read. Write it with data_page_version='1.0'.",
                cause
            );
        }
        catch (Exception cause) when (cause is not (OperationCanceledException or BadInputException))
        {
            throw new BadInputException(
                $"'{path}' can't be read as Parquet: {cause.Message} It was cut off or is damaged.",
                cause
            );
        }
    }

    private static DataField[] Columns(ParquetReader reader, string path) =>
        [
            .. Guard(path, () => reader.Schema)
                .DataFields.Where(field =>
                    field.MaxRepetitionLevel == 1 && (field.ClrType == typeof(float) || field.ClrType == typeof(double))
                ),
        ];

    private static string Name(DataField field) => field.Path.FirstPart ?? field.Name;

    private static (long[] Starts, int Dimension) Shape(ParquetReader reader, DataField column, string origin)
    {
        var starts = new long[reader.RowGroupCount + 1];
        long dimension = 0;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var opened = reader.OpenRowGroupReader(group);
            var rows = opened.RowCount;
            var values = opened.GetMetadata(column)?.MetaData?.NumValues ?? 0;
            starts[group + 1] = starts[group] + rows;
            if (rows == 0)
                continue;
            if (dimension == 0)
                dimension = values / rows;
            if (values != dimension * rows)
                throw new BadInputException(
                    $"'{origin}': row group {group} holds {values} numbers in {rows} rows, which are not {dimension} each: "
                        + "lists of several lengths, or rows without one, are no vectors."
                );
        }
        if (starts[^1] == 0)
            throw new BadInputException($"'{origin}' holds no rows.");
        SizeProblem.RequireDimension(origin, dimension);
        return (starts, (int)dimension);
    }
}
