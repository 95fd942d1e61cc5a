using System.Text.Json;

namespace Expflow.Journal;

/// <summary>A journal file that holds what stood in the files of many tasks, and says in its first line which those were.</summary>
internal static class CollectedFile
{
    public const string Ending = "-collected" + JournalFolder.Ending;

    private const string Sources = "collected";

    /// <summary>Writes name and length, in bytes, of each file that went into this one.</summary>
    public static void WriteSources(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, long>> sources)
    {
        json.WriteStartObject(Sources);
        foreach (var (name, length) in sources)
            json.WriteNumber(name, length);
        json.WriteEndObject();
    }

    /// <summary>Name and length of each file that went into this one, those of files that were collected before included; empty when it says none.</summary>
    public static IReadOnlyDictionary<string, long> SourcesOf(string path)
    {
        using var lines = new StreamReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        );
        var sources = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            using var header = JsonDocument.Parse(lines.ReadLine() ?? "");
            if (header.RootElement.TryGetProperty(Sources, out var said))
                foreach (var source in said.EnumerateObject())
                    sources[source.Name] = source.Value.GetInt64();
        }
        // The reader of its lines reports a damaged first line; nothing is left out on the strength of one.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            sources.Clear();
        }
        return sources;
    }
}
