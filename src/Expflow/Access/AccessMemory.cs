using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Expflow.Experiments;

namespace Expflow.Access;

/// <summary>Keeps maps in a file of the user's cache folder, one file for each cluster, which may be deleted at any time.</summary>
/// <param name="folder">The cache folder; null where there is none, and then nothing is remembered.</param>
/// <param name="cluster">The cluster's name.</param>
/// <param name="user">The user's id: a folder may serve several.</param>
public sealed class AccessMemory(string? folder, string cluster, uint user)
{
    // Files of another version are as good as none.
    private const int Version = 1;

    private const int MostMaps = 16;

    /// <summary>Who may use what changes seldom.</summary>
    public static readonly TimeSpan GoodForAccess = TimeSpan.FromHours(24);

    /// <summary>When a job would start changes with every other job.</summary>
    public static readonly TimeSpan GoodForStarts = TimeSpan.FromMinutes(10);

    private readonly string? path = folder is null ? null : Path.Combine(folder, $"access-{Named(cluster, user)}.json");

    /// <summary>What was found for such a job; null when nothing was, or longer ago than <paramref name="age"/>.</summary>
    public AccessMap? Read(Resources wanted, TimeSpan age, DateTimeOffset now) =>
        ReadAll().GetValueOrDefault(Key(wanted)) is { } map && now - map.At < age && map.At <= now ? map : null;

    /// <summary>Keeps a map. A cache that can't be written is done without.</summary>
    public void Write(Resources wanted, AccessMap map)
    {
        if (path is null)
            return;
        var maps = ReadAll();
        maps[Key(wanted)] = map;
        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder!);
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            using (var json = new Utf8JsonWriter(file))
                Write(json, maps.OrderByDescending(pair => pair.Value.At).Take(MostMaps));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Next time it is asked again.
        }
    }

    private Dictionary<string, AccessMap> ReadAll()
    {
        try
        {
            if (path is null || !File.Exists(path))
                return [];
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return root.GetProperty("version"u8).GetInt32() != Version
                ? []
                : root.GetProperty("maps"u8)
                    .EnumerateObject()
                    .ToDictionary(one => one.Name, one => AccessJson.Read(one.Value), StringComparer.Ordinal);
        }
        catch (Exception damaged)
            when (damaged
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return [];
        }
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, AccessMap>> maps)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartObject("maps");
        foreach (var (key, map) in maps)
        {
            json.WritePropertyName(key);
            AccessJson.Write(json, map);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Everything that a job asks for: another job is another question.
    private static string Key(Resources wanted) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{wanted.Cpus}/{wanted.Memory}/{wanted.Gpus}/{wanted.Walltime}/{wanted.Nodes}/{wanted.Account}/{wanted.Partition}/{wanted.Qos}/{wanted.Constraint}"
        );

    private static string Named(string cluster, uint user)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)).AsSpan(0, 6));
        return string.Create(CultureInfo.InvariantCulture, $"{hash}-{user}");
    }
}
