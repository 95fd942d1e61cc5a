using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>What ground truth is the truth of.</summary>
public sealed record GroundTruthHeader
{
    private const int Version = 1;

    /// <summary>What near means.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Neighbours a query.</summary>
    public required int K { get; init; }

    /// <summary>Coordinates a row.</summary>
    public required int Dimension { get; init; }

    /// <summary>What was searched.</summary>
    public required SetPart Base { get; init; }

    /// <summary>What was searched for.</summary>
    public required SetPart Queries { get; init; }

    /// <summary>Whether the queries are rows of the base.</summary>
    public required bool QueriesOfBase { get; init; }

    /// <summary>Whether each query was left out of its own answer.</summary>
    public required bool SelfExcluded { get; init; }

    /// <summary>Name and version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>Whether it is all of it, not a shard.</summary>
    public bool IsWhole => Base.IsWhole && Queries.IsWhole;

    /// <summary>In which points another header speaks of other work; names of files and programs don't matter.</summary>
    /// <returns>Each as <c>k 100 instead of 10</c>: that one's value, then this one's.</returns>
    public IEnumerable<string> Differences(GroundTruthHeader other)
    {
        (string What, object There, object Here)[] points =
        [
            ("metric", MetricNames.Of(other.Metric), MetricNames.Of(Metric)),
            ("k", other.K, K),
            ("dimension", other.Dimension, Dimension),
            ("base rows", other.Base.Count, Base.Count),
            ("base fingerprint", other.Base.Fingerprint ?? "none", Base.Fingerprint ?? "none"),
            ("base shard", other.Base.Range, Base.Range),
            ("queries", other.Queries.Count, Queries.Count),
            ("fingerprint of the queries", other.Queries.Fingerprint ?? "none", Queries.Fingerprint ?? "none"),
            ("query shard", other.Queries.Range, Queries.Range),
            ("queries out of the base", Yes(other.QueriesOfBase), Yes(QueriesOfBase)),
            ("self", Self(other.SelfExcluded), Self(SelfExcluded)),
        ];
        return points
            .Where(point => !point.There.Equals(point.Here))
            .Select(point => $"{point.What} {point.There} instead of {point.Here}");
    }

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var json = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("program", Program);
            json.WriteString("metric", MetricNames.Of(Metric));
            json.WriteNumber("k", K);
            json.WriteNumber("dimension", Dimension);
            Write(json, "base", Base);
            Write(json, "queries", Queries);
            json.WriteBoolean("queries_of_base", QueriesOfBase);
            json.WriteString("self", Self(SelfExcluded));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="path">The file that it stands in, for messages.</param>
    /// <param name="utf8">The JSON.</param>
    /// <exception cref="BadInputException">It is damaged, or of a newer version.</exception>
    public static GroundTruthHeader Parse(string path, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version != Version)
                throw new BadInputException(
                    $"'{path}' is ground truth of version {version}; this program knows version {Version}. Use the program that made it."
                );
            var header = new GroundTruthHeader
            {
                Program = root.GetProperty("program").GetString()!,
                Metric =
                    MetricNames.Find(root.GetProperty("metric").GetString())
                    ?? throw new JsonException("Unknown metric."),
                K = root.GetProperty("k").GetInt32(),
                Dimension = root.GetProperty("dimension").GetInt32(),
                Base = Read(root.GetProperty("base")),
                Queries = Read(root.GetProperty("queries")),
                QueriesOfBase = root.GetProperty("queries_of_base").GetBoolean(),
                SelfExcluded = root.GetProperty("self").GetString() == "exclude",
            };
            return header.IsSound ? header : throw new JsonException("Ranges lie outside of their sets.");
        }
        catch (Exception damage)
            when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"'{path}': its header is damaged: {damage.Message} Make it again.", damage);
        }
    }

    private bool IsSound => K > 0 && Dimension > 0 && IsSoundPart(Base) && IsSoundPart(Queries);

    private static bool IsSoundPart(SetPart part) =>
        part is { First: >= 0, Rows: > 0 } && part.Rows <= part.Count - part.First;

    private static string Yes(bool value) => value ? "yes" : "no";

    private static string Self(bool excluded) => excluded ? "exclude" : "keep";

    private static void Write(Utf8JsonWriter json, string name, SetPart part)
    {
        json.WriteStartObject(name);
        json.WriteString("name", part.Name);
        json.WriteNumber("count", part.Count);
        json.WriteString("fingerprint", part.Fingerprint);
        json.WriteNumber("first", part.First);
        json.WriteNumber("rows", part.Rows);
        json.WriteEndObject();
    }

    private static SetPart Read(JsonElement part) =>
        new(
            part.GetProperty("name").GetString()!,
            part.GetProperty("count").GetInt64(),
            part.GetProperty("fingerprint").GetString(),
            part.GetProperty("first").GetInt64(),
            part.GetProperty("rows").GetInt64()
        );
}
