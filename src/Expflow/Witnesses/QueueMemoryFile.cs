using System.Globalization;
using System.Text.Json;
using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>Keeps a <see cref="QueueMemory"/> in a file of the user's cache folder, which may be deleted at any time.</summary>
/// <param name="path">The file; null where there is no cache folder, and then nothing is remembered.</param>
public sealed class QueueMemoryFile(string? path)
{
    // A file of another version is one that isn't there.
    private const int Version = 1;

    /// <summary>Held by the process that asks Slurm at the moment; null where nothing is remembered.</summary>
    public string? Lock => path is null ? null : path + ".lock";

    /// <summary>What it says; nothing when it isn't there, or not whole.</summary>
    public QueueMemory Read()
    {
        try
        {
            if (path is null || !File.Exists(path))
                return QueueMemory.Empty;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty("version"u8).GetInt32() == Version
                ? Read(document.RootElement)
                : QueueMemory.Empty;
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
            return QueueMemory.Empty;
        }
    }

    /// <summary>Replaces it as a whole. A cache that can't be written is done without.</summary>
    public void Write(QueueMemory memory)
    {
        if (path is null)
            return;
        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            using (var json = new Utf8JsonWriter(file))
                Write(json, memory);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Delete(draft);
        }
    }

    private static void Delete(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // What couldn't be written may be impossible to delete, too.
        }
    }

    private static void Write(Utf8JsonWriter json, QueueMemory memory)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteNumber("took", memory.Took.TotalSeconds);
        json.WriteNumber("failures", memory.Failures);
        Write(json, "failed_at", memory.FailedAt);
        json.WriteString("trouble", memory.Trouble);
        Write(json, "accounting_at", memory.AccountingAt);
        json.WriteNumber("accounting_fruitless", memory.AccountingFruitless);
        json.WriteString("accounting_trouble", memory.AccountingTrouble);
        json.WriteStartObject("left");
        foreach (var (run, left) in memory.Left)
        {
            json.WriteStartObject(run.ToString());
            json.WriteString("since", left.Since);
            json.WriteString("why", left.Why);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("jobs");
        foreach (var (job, entry) in memory.Jobs)
        {
            json.WriteStartObject(job.ToString());
            json.WriteString("at", entry.At);
            json.WriteStartArray("rows");
            foreach (var row in entry.Rows)
                QueueRowJson.Write(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static QueueMemory Read(JsonElement root) =>
        new()
        {
            Took = TimeSpan.FromSeconds(root.GetProperty("took"u8).GetDouble()),
            Failures = root.GetProperty("failures"u8).GetInt32(),
            FailedAt = TimeOf(root, "failed_at"),
            Trouble = root.GetProperty("trouble"u8).GetString(),
            AccountingAt = TimeOf(root, "accounting_at"),
            AccountingFruitless = root.GetProperty("accounting_fruitless"u8).GetInt32(),
            AccountingTrouble = root.GetProperty("accounting_trouble"u8).GetString(),
            Left = root.GetProperty("left"u8)
                .EnumerateObject()
                .ToDictionary(
                    left => RunId.TryParse(left.Name, out var run) ? run : default,
                    left => new LeftTask(
                        left.Value.GetProperty("since"u8).GetDateTimeOffset(),
                        left.Value.GetProperty("why"u8).GetString()
                    )
                ),
            Jobs = root.GetProperty("jobs"u8)
                .EnumerateObject()
                .ToDictionary(
                    job => SlurmJobId.TryParse(job.Name, out var id) ? id.Value : throw new FormatException(job.Name),
                    job => new QueueEntry(
                        job.Value.GetProperty("at"u8).GetDateTimeOffset(),
                        [.. job.Value.GetProperty("rows"u8).EnumerateArray().Select(QueueRowJson.Read)]
                    )
                ),
        };

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known);
    }

    private static DateTimeOffset? TimeOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var time) ? time.GetDateTimeOffset() : null;
}
