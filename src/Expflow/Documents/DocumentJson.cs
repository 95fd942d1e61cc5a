using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Expflow.Parameters;

namespace Expflow.Documents;

/// <summary>A tree as one line of JSON, which is YAML too: it reads back as the same values.</summary>
public static class DocumentJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The JSON text.</summary>
    public static string Text(DocumentNode node)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(bytes, Options))
            Write(writer, node);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, DocumentNode node)
    {
        switch (node)
        {
            case DocumentNode.Map map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }
                writer.WriteEndObject();
                break;
            case DocumentNode.Sequence list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case DocumentNode.Scalar { Value: null }:
                writer.WriteNullValue();
                break;
            case DocumentNode.Scalar { Value: ParameterValue.Number { Value: var number } }
                when !double.IsFinite(number):
                // YAML's own words: as strings they would read back as text.
                writer.WriteRawValue(
                    double.IsNaN(number) ? ".nan"
                        : number > 0 ? ".inf"
                        : "-.inf",
                    skipInputValidation: true
                );
                break;
            case DocumentNode.Scalar scalar:
                writer.Write(scalar.Value);
                break;
        }
    }
}
