using System.Text.Json;
using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>Maps as the cache keeps them.</summary>
internal static class AccessJson
{
    public static void Write(Utf8JsonWriter json, AccessMap map)
    {
        json.WriteStartObject();
        json.WriteString("at", map.At);
        json.WriteNumber("calls", map.Calls);
        json.WriteString("shortfall", map.Shortfall);
        json.WriteStartArray("entries");
        foreach (var entry in map.Entries)
            Write(json, entry);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static AccessMap Read(JsonElement json) =>
        new(
            json.GetProperty("at"u8).GetDateTimeOffset(),
            [.. json.GetProperty("entries"u8).EnumerateArray().Select(ReadEntry)],
            json.GetProperty("calls"u8).GetInt32(),
            json.GetProperty("shortfall"u8).GetString()
        );

    private static void Write(Utf8JsonWriter json, AccessEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("partition", entry.Question.Partition);
        json.WriteString("account", entry.Question.Account);
        json.WriteBoolean("gpus", entry.Question.WithGpus);
        json.WriteString("qos", entry.Question.Qos);
        switch (entry.Verdict)
        {
            case AccessVerdict.Allowed allowed:
                json.WriteString("verdict", "allowed");
                if (allowed.Start is { } start)
                    json.WriteString("start", start);
                json.WriteString("nodes", allowed.Nodes);
                break;
            case AccessVerdict.Refused refused:
                json.WriteString("verdict", "refused");
                json.WriteString("kind", refused.Kind.ToString());
                json.WriteString("reason", refused.Reason);
                json.WriteBoolean("asked", refused.Asked);
                break;
            case AccessVerdict.Unknown unknown:
                json.WriteString("verdict", "unknown");
                json.WriteString("why", unknown.Why);
                break;
            default:
                json.WriteString("verdict", "left_out");
                break;
        }
        json.WriteEndObject();
    }

    private static AccessEntry ReadEntry(JsonElement json) =>
        new(
            new(
                json.GetProperty("partition"u8).GetString()!,
                json.GetProperty("account"u8).GetString(),
                json.GetProperty("gpus"u8).GetBoolean(),
                json.GetProperty("qos"u8).GetString()
            ),
            json.GetProperty("verdict"u8).GetString() switch
            {
                "allowed" => new AccessVerdict.Allowed(
                    json.TryGetProperty("start"u8, out var start) ? start.GetDateTimeOffset() : null,
                    json.GetProperty("nodes"u8).GetString() ?? ""
                ),
                "refused" => new AccessVerdict.Refused(
                    Enum.TryParse<RefusalKind>(json.GetProperty("kind"u8).GetString(), out var kind)
                        ? kind
                        : RefusalKind.Other,
                    json.GetProperty("reason"u8).GetString() ?? "",
                    json.GetProperty("asked"u8).GetBoolean()
                ),
                "unknown" => new AccessVerdict.Unknown(json.GetProperty("why"u8).GetString() ?? ""),
                "left_out" => new AccessVerdict.LeftOut(),
                var other => throw new FormatException(other),
            }
        );
}
