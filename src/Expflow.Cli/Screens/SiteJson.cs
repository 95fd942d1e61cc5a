using System.Text.Json;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>Parts that several screens tell of a site as JSON.</summary>
internal static class SiteJson
{
    /// <summary>A number, or null where it isn't known.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>An array <c>gpus</c> by type: <c>total</c>, and <c>in_use</c> and <c>free</c>, which are null where Slurm doesn't say.</summary>
    public static void WriteGpus(Utf8JsonWriter json, IEnumerable<GpuStock> gpus)
    {
        json.WriteStartArray("gpus");
        foreach (var one in gpus)
        {
            json.WriteStartObject();
            json.WriteString("type", one.Type);
            json.WriteNumber("total", one.Total);
            Number(json, "in_use", one.InUse);
            Number(json, "free", one.Free);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
