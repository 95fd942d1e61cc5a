using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Expflow.Manifests;
using Expflow.Runs;

namespace Expflow.Arrays;

/// <summary>One line of an array file.</summary>
/// <remarks>A task's line begins <c>{"task":INDEX,"turn":TURN,"run":"…"</c>, always in this order, so that a task can be looked for without parsing the others.</remarks>
internal static class ArrayLine
{
    private static ReadOnlySpan<byte> TaskBegins => "{\"task\":"u8;

    private static ReadOnlySpan<byte> TurnBegins => ",\"turn\":"u8;

    private static ReadOnlySpan<byte> RunBegins => ",\"run\":\""u8;

    public static void Write(Utf8JsonWriter json, ArrayHeader header)
    {
        json.WriteStartObject();
        json.WriteNumber("expflow_array", ArrayFile.Version);
        json.WriteString("array", header.Array.ToString());
        json.WriteString("submission", header.Submission.ToString());
        json.WriteString("experiment", header.Experiment);
        json.WriteString("stage", header.Stage);
        json.WriteString("at", header.At);
        json.WriteString("code", header.Code);
        if (header.Memory is { } memory)
            json.WriteNumber("memory", memory);
        if (header.Cpus is { } cpus)
            json.WriteNumber("cpus", cpus);
        if (header.Walltime is { } walltime)
            json.WriteNumber("walltime", walltime);
        if (header.Exclude.Count > 0)
        {
            json.WriteStartArray("exclude");
            foreach (var node in header.Exclude)
                json.WriteStringValue(node);
            json.WriteEndArray();
        }
        json.WriteBoolean("may_requeue", header.MayRequeue);
        json.WriteString("script", header.Script);
        json.WritePropertyName("resolved");
        json.WriteRawValue(header.Resolved);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ArrayTask task)
    {
        json.WriteStartObject();
        json.WriteNumber("task", task.Index);
        json.WriteNumber("turn", task.Turn);
        json.WriteString("run", task.Run.Id.ToString());
        json.WritePropertyName("parameters");
        json.WriteRawValue(task.Run.Parameters, skipInputValidation: true);
        json.WriteString("folder", task.Run.Folder);
        if (task.After > 0)
            json.WriteNumber("after", task.After);
        if (task.Requeued is { } requeued)
            json.WriteString("requeued", requeued);
        if (task.Run.Needs.Count > 0)
        {
            json.WriteStartArray("needs");
            foreach (var need in task.Run.Needs)
                json.WriteStringValue(need.ToString());
            json.WriteEndArray();
            json.WriteStartObject("upstream");
            foreach (var (stage, folders) in task.Upstream)
            {
                json.WriteStartArray(stage);
                foreach (var folder in folders)
                    json.WriteStringValue(folder);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    public static ArrayHeader? ReadHeader(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (
            !ArrayId.TryParse(root.GetProperty("array"u8).GetString(), out var array)
            || !SubmissionId.TryParse(root.GetProperty("submission"u8).GetString(), out var submission)
        )
            return null;
        return new()
        {
            Array = array,
            Submission = submission,
            Experiment = root.GetProperty("experiment"u8).GetString()!,
            Stage = root.GetProperty("stage"u8).GetString()!,
            At = root.GetProperty("at"u8).GetDateTimeOffset(),
            Code = root.GetProperty("code"u8).GetString()!,
            Memory = root.TryGetProperty("memory"u8, out var memory) ? memory.GetInt64() : null,
            Cpus = root.TryGetProperty("cpus"u8, out var cpus) ? cpus.GetInt32() : null,
            Walltime = root.TryGetProperty("walltime"u8, out var walltime) ? walltime.GetDouble() : null,
            Exclude = root.TryGetProperty("exclude"u8, out var exclude) ? Texts(exclude) : [],
            MayRequeue = root.GetProperty("may_requeue"u8).GetBoolean(),
            Script = root.GetProperty("script"u8).GetString()!,
            Resolved = root.GetProperty("resolved"u8).GetRawText(),
        };
    }

    public static ArrayTask ReadTask(ReadOnlyMemory<byte> line, string stage)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var run = new ManifestRun(
            RunOf(line.Span),
            stage,
            root.GetProperty("parameters"u8).GetRawText(),
            root.GetProperty("folder"u8).GetString()!,
            root.TryGetProperty("needs"u8, out var needs)
                ? [.. Texts(needs).Select(need => RunId.TryParse(need, out var id) ? id : default)]
                : []
        );
        var upstream = root.TryGetProperty("upstream"u8, out var stages)
            ? stages
                .EnumerateObject()
                .ToDictionary(one => one.Name, one => (IReadOnlyList<string>)Texts(one.Value), StringComparer.Ordinal)
            : [];
        return new(root.GetProperty("task"u8).GetInt32(), run, root.GetProperty("turn"u8).GetInt32(), upstream)
        {
            After = root.TryGetProperty("after"u8, out var after) ? after.GetInt32() : 0,
            Requeued = root.TryGetProperty("requeued"u8, out var requeued) ? requeued.GetString() : null,
        };
    }

    /// <summary>The index of a task's line; -1 for a line that is none.</summary>
    public static int IndexOf(ReadOnlySpan<byte> line) =>
        line.StartsWith(TaskBegins) ? NumberAfter(line, TaskBegins) : -1;

    /// <summary>What a task's line says but for what its run is made of.</summary>
    public static PlacedRun PlaceOf(ReadOnlySpan<byte> line) =>
        new(IndexOf(line), RunOf(line), NumberAfter(line, TurnBegins));

    private static RunId RunOf(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf(RunBegins) + RunBegins.Length;
        return RunId.TryParse(Encoding.ASCII.GetString(line.Slice(at, 16)), out var run) ? run : default;
    }

    private static int NumberAfter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(line[(line.IndexOf(name) + name.Length)..], out int number, out _) ? number : -1;

    private static string[] Texts(JsonElement texts) => [.. texts.EnumerateArray().Select(text => text.GetString()!)];
}
