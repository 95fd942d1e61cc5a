using System.Text;
using System.Text.Json;

namespace VectorQuantization.Results;

/// <summary>The comparison for programs, as JSON: everything of each configuration, failed cells too.</summary>
public static class ComparisonJson
{
    /// <summary>An array with an object for each data set.</summary>
    public static string Of(IReadOnlyList<DataGroup> groups)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var group in groups)
                Write(json, group);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, DataGroup group)
    {
        json.WriteStartObject();
        json.WriteString("data", group.Data.Name);
        json.WriteString("fingerprint", group.Data.Fingerprint);
        json.WriteNumber("n", group.Data.Count);
        json.WriteNumber("d", group.Data.Dimension);
        json.WriteNumber("queries", group.Data.Queries);
        json.WriteString("metric", group.Data.Metric);
        json.WriteStartArray("configurations");
        foreach (var found in group.Configurations)
            Write(json, found);
        json.WriteEndArray();
        json.WriteStartArray("failed");
        foreach (var row in group.Failed)
            Write(json, row);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Configuration found)
    {
        json.WriteStartObject();
        json.WriteString("configuration", found.Seeds[0].Cell.Configuration);
        json.WriteString("method", found.Method);
        json.WriteString("label", found.Label);
        WriteSettings(json, found.Seeds[0].Cell.Settings);
        json.WriteString("search", found.Search.Length > 0 ? found.Search : null);
        json.WriteStartArray("seeds");
        foreach (var row in found.Seeds)
            json.WriteNumberValue(row.Cell.Seed);
        json.WriteEndArray();
        foreach (var measure in MeasureCatalogue.All)
        {
            if (found[measure] is { } known)
                Write(json, measure.Name, known);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, SeedStatistics known)
    {
        json.WriteStartObject(name);
        Write(json, "mean", known.Mean);
        Write(json, "sd", known.Deviation);
        Write(json, "reach95", known.Reach95);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        // JSON has no infinity.
        if (value is { } known && double.IsFinite(known))
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, ResultRow failed)
    {
        json.WriteStartObject();
        json.WriteString("cell", failed.Cell.Id);
        json.WriteString("label", failed.Cell.Label);
        json.WriteNumber("seed", failed.Cell.Seed);
        json.WriteString("error", failed.Failure);
        json.WriteEndObject();
    }

    // Settings come from a file that anybody may have written.
    private static void WriteSettings(Utf8JsonWriter json, string settings)
    {
        json.WritePropertyName("settings");
        try
        {
            using var parsed = JsonDocument.Parse(settings);
            parsed.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(settings);
        }
    }
}
