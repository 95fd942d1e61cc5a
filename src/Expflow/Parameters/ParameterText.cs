using System.Text.Json;

namespace Expflow.Parameters;

/// <summary>Parameters as the JSON text that manifests and the index keep.</summary>
public static class ParameterText
{
    /// <summary>Reads a JSON object of parameters.</summary>
    /// <exception cref="FormatException">It is none: what Expflow wrote itself always is.</exception>
    public static ParameterSet Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ParameterJson.ReadSet(document.RootElement)
            ?? throw new FormatException($"Not an object of parameters: {json}");
    }
}
