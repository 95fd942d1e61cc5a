using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Expflow.Runs;

namespace Expflow.Journal;

/// <summary>Writes events as lines of JSON. One property an aspect, snake_case, absent when it says nothing.</summary>
internal static partial class JournalLine
{
    /// <summary>Stands in every file's first line; a reader that finds a higher one reads what it knows and says so.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static void WriteHeader(
        IBufferWriter<byte> to,
        string writer,
        string host,
        DateTimeOffset at,
        IEnumerable<KeyValuePair<string, long>>? collected = null
    ) =>
        WriteLine(
            to,
            json =>
            {
                json.WriteNumber("expflow_journal", Version);
                json.WriteString("writer", writer);
                json.WriteString("host", host);
                json.WriteString("at", at);
                if (collected is not null)
                    CollectedFile.WriteSources(json, collected);
            }
        );

    public static void Write(IBufferWriter<byte> to, JournalEvent happened) =>
        WriteLine(
            to,
            json =>
            {
                json.WriteString("event", KindOf(happened));
                json.WriteString("at", happened.At);
                WriteBody(json, happened);
            }
        );

    /// <summary>The kind of event that a line tells of, without parsing it; empty for other lines.</summary>
    public static string KindOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(EventBegins))
            return "";
        var rest = line[EventBegins.Length..];
        return rest.IndexOf((byte)'"') is >= 0 and var end ? Encoding.UTF8.GetString(rest[..end]) : "";
    }

    /// <summary>The run that a line tells of, without parsing it; null for lines of none.</summary>
    public static RunId? RunOf(ReadOnlySpan<byte> line)
    {
        const int digits = 16;
        var at = line.IndexOf(RunBegins);
        if (at < 0 || line.Length < at + RunBegins.Length + digits)
            return null;
        return ulong.TryParse(
            line.Slice(at + RunBegins.Length, digits),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var bits
        )
            ? RunId.FromBits(bits)
            : null;
    }

    private static ReadOnlySpan<byte> EventBegins => "{\"event\":\""u8;

    private static ReadOnlySpan<byte> RunBegins => ",\"run\":\""u8;

    private static void WriteLine(IBufferWriter<byte> to, Action<Utf8JsonWriter> body)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
    }

    private static string KindOf(JournalEvent happened) =>
        happened switch
        {
            JournalEvent.Submitted => "submitted",
            JournalEvent.AttemptStarted => "attempt_started",
            JournalEvent.AttemptEnded => "attempt_ended",
            JournalEvent.Requeued => "requeued",
            JournalEvent.Cancelled => "cancelled",
            JournalEvent.Held => "held",
            JournalEvent.Noted => "noted",
            JournalEvent.AgentStarted => "agent_started",
            JournalEvent.AgentStopped => "agent_stopped",
            JournalEvent.ArrayIntended => "array_intended",
            JournalEvent.ArraySubmitted => "array_submitted",
            JournalEvent.ArrayReleased => "array_released",
            JournalEvent.ArrayDropped => "array_dropped",
            _ => throw new UnreachableException(),
        };

    private static void WriteBody(Utf8JsonWriter json, JournalEvent happened)
    {
        switch (happened)
        {
            case JournalEvent.Submitted submitted:
                json.WriteString("submission", submitted.Submission.ToString());
                json.WriteString("experiment", submitted.Experiment);
                json.WriteNumber("runs", submitted.Runs);
                if (submitted.Executor != Executor.Local)
                    json.WriteString("executor", submitted.Executor.Word);
                WriteIfAny(json, "pool", submitted.Pool?.ToString());
                break;
            case JournalEvent.AttemptStarted started:
                WriteAttempt(json, started.Run, started.Attempt, started.Token);
                json.WriteString("submission", started.Submission.ToString());
                json.WriteString("host", started.Host);
                WriteIfAny(json, "process", started.Process);
                WriteIfAny(json, "gpus", started.Gpus);
                WriteIfAny(json, "job", started.Job);
                if (started.Restarts > 0)
                    json.WriteNumber("restarts", started.Restarts);
                if (started.Machine is { } machine)
                {
                    json.WritePropertyName("machine");
                    json.WriteRawValue(machine, skipInputValidation: true);
                }
                break;
            case JournalEvent.AttemptEnded ended:
                WriteEnd(json, ended);
                break;
            case JournalEvent.Requeued requeued:
                WriteRequeued(json, requeued);
                break;
            case JournalEvent.Cancelled cancelled:
                json.WriteString("run", cancelled.Run.ToString());
                json.WriteNumber("turn", cancelled.Turn);
                break;
            case JournalEvent.Held held:
                json.WriteString("experiment", held.Experiment);
                json.WriteString("stage", held.Stage);
                json.WriteString("reason", held.Reason);
                break;
            case JournalEvent.Noted noted:
                WriteNote(json, noted);
                break;
            case JournalEvent.AgentStarted agent:
                json.WriteString("host", agent.Host);
                json.WriteString("process", agent.Process);
                break;
            case JournalEvent.AgentStopped stopped:
                json.WriteString("reason", stopped.Reason);
                break;
            default:
                WriteArray(json, happened);
                break;
        }
    }

    private static void WriteRequeued(Utf8JsonWriter json, JournalEvent.Requeued requeued)
    {
        json.WriteString("run", requeued.Run.ToString());
        json.WriteNumber("turn", requeued.Turn);
        json.WriteNumber("after", requeued.After);
        json.WriteString("reason", requeued.Reason);
        if (requeued.Memory is { } memory)
            json.WriteNumber("memory", memory);
        if (requeued.Cpus is { } cpus)
            json.WriteNumber("cpus", cpus);
        if (requeued.Walltime is { } walltime)
            json.WriteNumber("walltime", walltime);
        if (requeued.Tries > 0)
            json.WriteNumber("tries", requeued.Tries);
        WriteIfAny(json, "cause", requeued.Cause);
        if (requeued.TriesByCause.Count > 0)
            WriteCounts(json, "tries_by_cause", requeued.TriesByCause);
        WriteTexts(json, "exclude", requeued.Exclude);
    }

    private static void WriteEnd(Utf8JsonWriter json, JournalEvent.AttemptEnded ended)
    {
        WriteAttempt(json, ended.Run, ended.Attempt, ended.Token);
        json.WriteString(
            "outcome",
            ended.Outcome switch
            {
                AttemptOutcome.Done => "done",
                AttemptOutcome.Failed => "failed",
                _ => "again",
            }
        );
        WriteIfAny(json, "cause", ended.Cause);
        WriteIfAny(json, "reason", ended.Reason);
        if (ended.ExitCode is { } code)
            json.WriteNumber("exit_code", code);
        if (ended.Elapsed is { } elapsed)
            json.WriteNumber("elapsed", Math.Round(elapsed, 6));
        if (ended.CpuSeconds is { } cpu)
            json.WriteNumber("cpu", Math.Round(cpu, 6));
        if (ended.PeakMemory is { } peak)
            json.WriteNumber("peak_memory", peak);
        if (ended.GpuMemory is { } gpuMemory)
            json.WriteNumber("gpu_memory", gpuMemory);
        if (ended.GpuUse is { } gpuUse)
            json.WriteNumber("gpu_use", Math.Round(gpuUse, 1));
        if (ended.Metrics is { } metrics)
        {
            json.WritePropertyName("metrics");
            json.WriteRawValue(metrics, skipInputValidation: true);
        }
        if (ended.Flags.Count > 0)
            WriteFlags(json, ended.Flags);
        if (ended.Output is { } output)
            WriteOutput(json, output);
    }

    private static void WriteFlags(Utf8JsonWriter json, IReadOnlyList<RunFlag> flags)
    {
        json.WriteStartArray("flags");
        foreach (var flag in flags)
        {
            json.WriteStartObject();
            json.WriteString("kind", flag.Kind);
            json.WriteString("words", flag.Words);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // A list of numbers: five names in each of 100,000 lines would be most of the file.
    private static void WriteOutput(Utf8JsonWriter json, OutputSegment output)
    {
        json.WriteStartArray("output");
        json.WriteStringValue(output.File);
        json.WriteNumberValue(output.Offset);
        json.WriteNumberValue(output.Length);
        json.WriteNumberValue(output.MetricsOffset);
        json.WriteNumberValue(output.MetricsLength);
        json.WriteEndArray();
    }

    private static void WriteNote(Utf8JsonWriter json, JournalEvent.Noted noted)
    {
        json.WriteString("experiment", noted.Experiment);
        if (noted.Run is { } run)
            json.WriteString("run", run.ToString());
        WriteTexts(json, "tags", noted.Tags);
        WriteIfAny(json, "note", noted.Note);
    }

    private static void WriteAttempt(Utf8JsonWriter json, RunId run, int attempt, string token)
    {
        json.WriteString("run", run.ToString());
        json.WriteNumber("attempt", attempt);
        json.WriteString("token", token);
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, int> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteNumber(key, count);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
