using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Expflow.Tables;

namespace Expflow.Exports;

/// <summary>Tables of runs as CSV and JSON lines.</summary>
internal static class TableText
{
    /// <summary>Writes a header line and one line a row.</summary>
    public static void WriteCsv(Table table, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', table.Columns.Select(column => CsvText.Cell(column.Name))));
        for (var row = 0; row < table.RowCount; row++)
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (i > 0)
                    writer.Write(',');
                if (table.Columns[i].Text(row) is { } text)
                    writer.Write(CsvText.Cell(text));
            }
            writer.WriteLine();
        }
    }

    /// <summary>Writes one object a row.</summary>
    public static void WriteJsonLines(Table table, Stream to)
    {
        using var json = new Utf8JsonWriter(
            to,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        for (var row = 0; row < table.RowCount; row++)
        {
            json.WriteStartObject();
            foreach (var column in table.Columns)
            {
                json.WritePropertyName(column.Name);
                WriteValue(json, column, row);
            }
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            to.WriteByte((byte)'\n');
        }
    }

    private static void WriteValue(Utf8JsonWriter json, Column column, int row)
    {
        if (column.IsMissing(row))
            json.WriteNullValue();
        else if (column is BooleanColumn truths)
            json.WriteBooleanValue(truths.Values[row].GetValueOrDefault());
        else if (
            column is IntegerColumn
            || (column is NumberColumn numbers && double.IsFinite(numbers.Values[row].GetValueOrDefault()))
        )
            json.WriteRawValue(column.Text(row)!);
        else
            json.WriteStringValue(column.Text(row));
    }
}
