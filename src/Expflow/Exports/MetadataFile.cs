using System.Text.Encodings.Web;
using System.Text.Json;
using Expflow.Tables;

namespace Expflow.Exports;

/// <summary>What an export is, for programs. Holds no date and no path, so that the same export gives the same bytes.</summary>
internal static class MetadataFile
{
    public static void Write(ExportRequest request, IReadOnlyList<ExportedFile> files, MetricsTable? metrics, Stream to)
    {
        using var json = new Utf8JsonWriter(
            to,
            new JsonWriterOptions
            {
                Indented = true,
                NewLine = "\n",
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("expflow", request.Version);
        json.WriteString("experiment", request.Experiment);
        json.WriteNumber("runs", request.Runs.RowCount);
        if (metrics is not null)
        {
            json.WriteStartArray("metrics");
            foreach (var name in metrics.Names)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteNumber("invalid_lines", metrics.Invalid);
        }
        json.WriteStartArray("files");
        for (var i = 0; i < files.Count; i++)
            WriteFile(json, files[i], i == 0 ? request.Runs.Columns : MetricsTable.Columns);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        to.WriteByte((byte)'\n');
    }

    private static void WriteFile(Utf8JsonWriter json, ExportedFile file, IReadOnlyList<Column> columns)
    {
        json.WriteStartObject();
        json.WriteString("file", Path.GetFileName(file.Path));
        json.WriteNumber("rows", file.Rows ?? 0);
        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("sha256", file.Sha256);
        json.WriteStartArray("columns");
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteString("unit", column.Unit);
            json.WriteString("meaning", column.Meaning);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
