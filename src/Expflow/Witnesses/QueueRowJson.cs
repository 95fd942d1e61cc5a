using System.Text.Json;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>What is remembered of a row of the queue.</summary>
internal static class QueueRowJson
{
    public static void Write(Utf8JsonWriter json, QueuedJob row)
    {
        json.WriteStartObject();
        json.WriteString("job", row.Job.ToString());
        json.WriteString("own", row.OwnId.ToString());
        json.WriteString("state", row.State.Word);
        json.WriteString("reason", row.Reason.Word);
        json.WriteString("name", row.Name);
        if (row.Comment is { } comment)
            json.WriteString("comment", comment);
        if (row.Nodes is { } nodes)
            json.WriteString("nodes", nodes);
        if (row.Start is { } start)
            json.WriteString("start", start);
        if (row.Submitted is { } submitted)
            json.WriteString("submitted", submitted);
        if (row.Restarts is { } restarts)
            json.WriteNumber("restarts", restarts);
        if (row.Dependency is { } dependency)
            json.WriteString("dependency", dependency.ToString());
        json.WriteEndObject();
    }

    public static QueuedJob Read(JsonElement row)
    {
        if (
            !JobReference.TryParse(row.GetProperty("job"u8).GetString(), out var job)
            || !SlurmJobId.TryParse(row.GetProperty("own"u8).GetString(), out var own)
        )
            throw new FormatException("A row without a job.");
        return new()
        {
            Job = job,
            OwnId = own.Value,
            State = JobState.Parse(row.GetProperty("state"u8).GetString()),
            Reason = WaitingReason.Parse(row.GetProperty("reason"u8).GetString()),
            Name = row.GetProperty("name"u8).GetString()!,
            Comment = TextOf(row, "comment"),
            Nodes = TextOf(row, "nodes"),
            Start = TimeOf(row, "start"),
            Submitted = TimeOf(row, "submitted"),
            Restarts = row.TryGetProperty("restarts"u8, out var restarts) ? restarts.GetInt32() : null,
            Dependency = JobDependency.TryParse(TextOf(row, "dependency"), out var dependency) ? dependency : null,
        };
    }

    private static string? TextOf(JsonElement row, string name) =>
        row.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static DateTimeOffset? TimeOf(JsonElement row, string name) =>
        row.TryGetProperty(name, out var time) ? time.GetDateTimeOffset() : null;
}
