using System.Diagnostics;
using System.Text.Json;
using Expflow.Runs;

namespace Expflow.Journal;

/// <content>The events of job arrays.</content>
internal static partial class JournalLine
{
    private static void WriteArray(Utf8JsonWriter json, JournalEvent happened)
    {
        switch (happened)
        {
            case JournalEvent.ArrayIntended intended:
                json.WriteString("array", intended.Array.ToString());
                json.WriteString("submission", intended.Submission.ToString());
                json.WriteString("experiment", intended.Experiment);
                json.WriteString("stage", intended.Stage);
                json.WriteNumber("tasks", intended.Tasks);
                json.WriteString("job_name", intended.JobName);
                break;
            case JournalEvent.ArraySubmitted submitted:
                json.WriteString("array", submitted.Array.ToString());
                json.WriteString("job", submitted.Job);
                WriteIfAny(json, "dependency", submitted.Dependency);
                break;
            case JournalEvent.ArrayReleased released:
                json.WriteString("array", released.Array.ToString());
                break;
            case JournalEvent.ArrayDropped dropped:
                json.WriteString("array", dropped.Array.ToString());
                json.WriteString("reason", dropped.Reason);
                break;
            default:
                throw new UnreachableException();
        }
    }
}

/// <content>The events of job arrays.</content>
internal static partial class JournalLineReader
{
    private static JournalEvent? ReadArray(string kind, JsonElement root, DateTimeOffset at) =>
        kind switch
        {
            "array_intended" => new JournalEvent.ArrayIntended
            {
                At = at,
                Array = Array(root),
                Submission = Submission(root),
                Experiment = Text(root, "experiment"u8),
                Stage = Text(root, "stage"u8),
                Tasks = root.GetProperty("tasks"u8).GetInt32(),
                JobName = Text(root, "job_name"u8),
            },
            "array_submitted" => new JournalEvent.ArraySubmitted
            {
                At = at,
                Array = Array(root),
                Job = Text(root, "job"u8),
                Dependency = TextOrNull(root, "dependency"u8),
            },
            "array_released" => new JournalEvent.ArrayReleased { At = at, Array = Array(root) },
            "array_dropped" => new JournalEvent.ArrayDropped
            {
                At = at,
                Array = Array(root),
                Reason = Text(root, "reason"u8),
            },
            _ => null,
        };

    private static ArrayId Array(JsonElement root) =>
        ArrayId.TryParse(root.GetProperty("array"u8).GetString(), out var id) ? id : throw new FormatException();
}
