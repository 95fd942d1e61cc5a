using Expflow.Tables;
using Parquet;
using Parquet.Schema;

namespace Expflow.Exports;

/// <summary>A table of runs as Parquet; every column may have missing values, and moments are microseconds in UTC.</summary>
internal static class ParquetTable
{
    public static void Write(Table table, Stream to)
    {
        var fields = table.Columns.Select(Field).ToArray();
        var writer = ParquetFile.Writer(new ParquetSchema(fields), to);
        using (var group = writer.CreateRowGroup())
        {
            for (var i = 0; i < fields.Length; i++)
                ParquetFile.Wait(Write(group, fields[i], table.Columns[i]));
            group.CompleteValidate();
        }
        ParquetFile.Wait(writer.DisposeAsync().AsTask());
    }

    private static DataField Field(Column column) =>
        column switch
        {
            IntegerColumn => new DataField<long>(column.Name, nullable: true),
            NumberColumn => new DataField<double>(column.Name, nullable: true),
            BooleanColumn => new DataField<bool>(column.Name, nullable: true),
            TimestampColumn => new DateTimeDataField(
                column.Name,
                DateTimeFormat.Timestamp,
                isAdjustedToUTC: true,
                DateTimeTimeUnit.Micros,
                isNullable: true
            ),
            _ => new DataField<string>(column.Name, nullable: true),
        };

    private static Task Write(ParquetRowGroupWriter group, DataField field, Column column) =>
        column switch
        {
            IntegerColumn whole => group.WriteAsync<long>(field, whole.Values.ToArray()),
            NumberColumn numbers => group.WriteAsync<double>(field, numbers.Values.ToArray()),
            BooleanColumn truths => group.WriteAsync<bool>(field, truths.Values.ToArray()),
            TimestampColumn times => group.WriteAsync<DateTime>(
                field,
                times.Values.Select(time => time?.UtcDateTime).ToArray()
            ),
            _ => group.WriteAsync<ReadOnlyMemory<char>>(field, Texts(column)),
        };

    private static ReadOnlyMemory<char>?[] Texts(Column column)
    {
        var texts = new ReadOnlyMemory<char>?[column.Count];
        for (var row = 0; row < texts.Length; row++)
            texts[row] = column.Text(row) is { } text ? text.AsMemory() : null;
        return texts;
    }
}
