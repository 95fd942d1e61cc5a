using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Expflow.Experiments;

namespace Expflow.Schemas;

/// <summary>The JSON Schema (2020-12) of experiment files and of the project file, for editors.</summary>
/// <remarks>Written from the tables that the readers go by, so that an editor and <c>expflow check</c> know the same keys.</remarks>
public static class ExperimentSchema
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema of experiment files.</summary>
    public static string Experiment => Text(ExperimentKeys.Experiment, "Expflow experiment");

    /// <summary>The schema of <c>expflow.yaml</c>.</summary>
    public static string Project => Text(ExperimentKeys.Project, "Expflow project");

    private static string Text(KeyTable root, string title)
    {
        var bytes = new ArrayBufferWriter<byte>(16_384);
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("title", title);
            Body(writer, root);
            writer.WriteStartObject("$defs");
            foreach (var table in Tables(root).Skip(1))
            {
                writer.WriteStartObject(table.Name);
                Body(writer, table);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    // The root first, then every table that a key leads to, each once.
    private static List<KeyTable> Tables(KeyTable root)
    {
        var found = new List<KeyTable> { root };
        for (var i = 0; i < found.Count; i++)
            foreach (var table in found[i].Keys.SelectMany(key => Within(key.Shape)))
                if (!found.Contains(table))
                    found.Add(table);
        return found;
    }

    private static IEnumerable<KeyTable> Within(KeyShape shape) =>
        shape switch
        {
            KeyShape.Table table => [table.Keys],
            KeyShape.MapOf map => Within(map.Values),
            KeyShape.ListOf list => Within(list.Items),
            KeyShape.OneOrMore several => Within(several.Items),
            KeyShape.AnyOf any => any.Shapes.SelectMany(Within),
            _ => [],
        };

    private static void Body(Utf8JsonWriter writer, KeyTable table)
    {
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteStartObject("properties");
        foreach (var key in table.Keys)
        {
            writer.WriteStartObject(key.Name);
            writer.WriteString("description", key.Description);
            Shape(writer, key.Shape);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void Shape(Utf8JsonWriter writer, KeyShape shape)
    {
        switch (shape)
        {
            case KeyShape.Text:
                Types(writer, "string", "number", "boolean");
                break;
            case KeyShape.Texts:
                Shape(writer, new KeyShape.OneOrMore(new KeyShape.Text()));
                break;
            case KeyShape.Words words:
                writer.WriteStartArray("enum");
                foreach (var word in words.Choices)
                    writer.WriteStringValue(word);
                writer.WriteEndArray();
                break;
            case KeyShape.Whole whole:
                Whole(writer, whole);
                break;
            case KeyShape.Number:
                writer.WriteString("type", "number");
                break;
            case KeyShape.Truth:
                writer.WriteString("type", "boolean");
                break;
            case KeyShape.Amount:
                Types(writer, "string", "number");
                break;
            case KeyShape.Value:
                Types(writer, "string", "number", "boolean", "array");
                break;
            case KeyShape.Bounds:
                Bounds(writer);
                break;
            case KeyShape.MapOf map:
                writer.WriteString("type", "object");
                Inner(writer, "additionalProperties", map.Values);
                break;
            case KeyShape.ListOf list:
                writer.WriteString("type", "array");
                Inner(writer, "items", list.Items);
                break;
            case KeyShape.OneOrMore several:
                Any(writer, several.Items, new KeyShape.ListOf(several.Items));
                break;
            case KeyShape.AnyOf any:
                Any(writer, any.Shapes);
                break;
            case KeyShape.Table table:
                writer.WriteString("$ref", $"#/$defs/{table.Keys.Name}");
                break;
        }
    }

    private static void Types(Utf8JsonWriter writer, params ReadOnlySpan<string> types)
    {
        writer.WriteStartArray("type");
        foreach (var type in types)
            writer.WriteStringValue(type);
        writer.WriteEndArray();
    }

    // The ends of 64 bits are no limits that anybody means.
    private static void Whole(Utf8JsonWriter writer, KeyShape.Whole whole)
    {
        writer.WriteString("type", "integer");
        if (whole.Least > long.MinValue)
            writer.WriteNumber("minimum", whole.Least);
        if (whole.Most < long.MaxValue)
            writer.WriteNumber("maximum", whole.Most);
    }

    private static void Bounds(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "array");
        Inner(writer, "items", new KeyShape.Number());
        writer.WriteNumber("minItems", 2);
        writer.WriteNumber("maxItems", 2);
    }

    private static void Inner(Utf8JsonWriter writer, string name, KeyShape shape)
    {
        writer.WriteStartObject(name);
        Shape(writer, shape);
        writer.WriteEndObject();
    }

    private static void Any(Utf8JsonWriter writer, params ReadOnlySpan<KeyShape> shapes)
    {
        writer.WriteStartArray("anyOf");
        foreach (var shape in shapes)
        {
            writer.WriteStartObject();
            Shape(writer, shape);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
