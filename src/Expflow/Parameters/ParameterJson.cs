using System.Text.Json;

namespace Expflow.Parameters;

/// <summary>Parameters in JSON files: manifests, <c>parameters.json</c>, <c>--json</c>.</summary>
/// <remarks>
/// JSON has no NaN and no infinity: they are written as the strings <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>, and such strings are read as
/// numbers.
/// </remarks>
public static class ParameterJson
{
    /// <summary>Writes a value.</summary>
    public static void Write(this Utf8JsonWriter writer, ParameterValue value)
    {
        switch (value)
        {
            case ParameterValue.Boolean b:
                writer.WriteBooleanValue(b.Value);
                break;
            case ParameterValue.Integer i:
                writer.WriteNumberValue(i.Value);
                break;
            case ParameterValue.Number n when double.IsFinite(n.Value):
                writer.WriteRawValue(n.Canonical);
                break;
            case ParameterValue.Text t:
                writer.WriteStringValue(t.Value);
                break;
            case ParameterValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    writer.Write(item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value.Canonical);
                break;
        }
    }

    /// <summary>Writes an object with one property per parameter, in the set's order.</summary>
    public static void Write(this Utf8JsonWriter writer, ParameterSet set)
    {
        writer.WriteStartObject();
        for (var i = 0; i < set.Count; i++)
        {
            writer.WritePropertyName(set.Names[i]);
            writer.Write(set.ValueAt(i));
        }
        writer.WriteEndObject();
    }

    /// <summary>Reads a value; null for JSON's null and for objects, which no parameter can be.</summary>
    public static ParameterValue? ReadValue(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.True:
            case JsonValueKind.False:
                return ParameterValue.Of(json.GetBoolean());
            case JsonValueKind.Number:
                return json.TryGetInt64(out var integer)
                    ? ParameterValue.Of(integer)
                    : ParameterValue.Of(json.GetDouble());
            case JsonValueKind.String:
                return FromString(json.GetString()!);
            case JsonValueKind.Array:
                var items = new List<ParameterValue>(json.GetArrayLength());
                foreach (var element in json.EnumerateArray())
                {
                    if (ReadValue(element) is not { } item)
                        return null;
                    items.Add(item);
                }
                return ParameterValue.Of(items);
            default:
                return null;
        }
    }

    /// <summary>Reads an object of parameters; null when it is not one.</summary>
    public static ParameterSet? ReadSet(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        var names = new List<string>();
        var values = new List<ParameterValue>();
        foreach (var property in json.EnumerateObject())
        {
            if (names.Contains(property.Name) || ReadValue(property.Value) is not { } value)
                return null;
            names.Add(property.Name);
            values.Add(value);
        }
        return ParameterSet.Of([.. names], [.. values]);
    }

    private static ParameterValue FromString(string text) =>
        text switch
        {
            "NaN" => ParameterValue.Of(double.NaN),
            "Infinity" => ParameterValue.Of(double.PositiveInfinity),
            "-Infinity" => ParameterValue.Of(double.NegativeInfinity),
            _ => ParameterValue.Of(text),
        };
}
