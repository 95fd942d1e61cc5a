using System.Buffers;
using System.Text.Json;
using Expflow.Parameters;
using Expflow.Runs;

namespace Expflow.Trials;

/// <summary>Trials as JSON, in their files and on request.</summary>
public static class TrialJson
{
    /// <summary>Writes what was measured.</summary>
    public static void Write(Utf8JsonWriter json, TrialMeasure measure)
    {
        json.WriteStartObject();
        WriteFields(json, measure);
        json.WriteEndObject();
    }

    /// <summary>The same without braces, so that more can follow.</summary>
    public static void WriteFields(Utf8JsonWriter json, TrialMeasure measure)
    {
        json.WriteString("stage", measure.Stage);
        json.WritePropertyName("variant");
        json.Write(measure.Variant);
        json.WriteNumber("workers", measure.Workers);
        json.WriteNumber("gpus", measure.Gpus);
        Write(json, "gpu", measure.Gpu);
        json.WriteNumber("done", measure.Done);
        json.WriteNumber("failed", measure.Failed);
        json.WriteNumber("out_of_memory", measure.OutOfMemory);
        Write(json, "reason", measure.Reason);
        json.WriteNumber("elapsed", measure.Elapsed);
        Write(json, "median", measure.Median);
        Write(json, "longest", measure.Longest);
        Write(json, "memory", measure.Memory);
        Write(json, "gpu_memory", measure.GpuMemory);
        Write(json, "gpu_total", measure.GpuTotal);
        Write(json, "gpu_use", measure.GpuUse);
    }

    internal static TrialMeasure ReadMeasure(JsonElement read) =>
        new()
        {
            Stage = read.GetProperty("stage"u8).GetString()!,
            Variant = ParameterJson.ReadSet(read.GetProperty("variant"u8)) ?? ParameterSet.Empty,
            Workers = read.GetProperty("workers"u8).GetInt32(),
            Gpus = read.GetProperty("gpus"u8).GetInt32(),
            Gpu = Text(read, "gpu"u8),
            Done = read.GetProperty("done"u8).GetInt32(),
            Failed = read.GetProperty("failed"u8).GetInt32(),
            OutOfMemory = read.GetProperty("out_of_memory"u8).GetInt32(),
            Reason = Text(read, "reason"u8),
            Elapsed = read.GetProperty("elapsed"u8).GetDouble(),
            Median = Number(read, "median"u8),
            Longest = Number(read, "longest"u8),
            Memory = Bytes(read, "memory"u8),
            GpuMemory = Bytes(read, "gpu_memory"u8),
            GpuTotal = Bytes(read, "gpu_total"u8),
            GpuUse = Number(read, "gpu_use"u8),
        };

    internal static void Write(Utf8JsonWriter json, TrialRecord record)
    {
        json.WriteStartObject();
        json.WriteString("trial", record.Name);
        json.WriteString("experiment", record.Experiment);
        json.WriteString("file", record.File);
        json.WriteString("at", record.At);
        json.WriteStartArray("parts");
        foreach (var part in record.Parts)
            Write(json, part);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static TrialRecord? ReadRecord(JsonElement read) =>
        new()
        {
            Name = read.GetProperty("trial"u8).GetString()!,
            Experiment = read.GetProperty("experiment"u8).GetString()!,
            File = read.GetProperty("file"u8).GetString()!,
            At = read.GetProperty("at"u8).GetDateTimeOffset(),
            Parts = [.. read.GetProperty("parts"u8).EnumerateArray().Select(PartOf)],
        };

    internal static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TrialRecord.Part part)
    {
        json.WriteStartObject();
        json.WriteString("stage", part.Stage);
        json.WriteString("array", part.Array.ToString());
        json.WriteStartArray("phases");
        foreach (var phase in part.Phases)
        {
            json.WriteStartObject();
            json.WritePropertyName("variant");
            json.Write(phase.Variant);
            json.WriteNumber("workers", phase.Workers);
            json.WriteNumber("first", phase.First);
            json.WriteNumber("count", phase.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static TrialRecord.Part PartOf(JsonElement read)
    {
        var stage = read.GetProperty("stage"u8).GetString()!;
        return new(
            stage,
            ArrayId.TryParse(read.GetProperty("array"u8).GetString(), out var array) ? array : default,
            [
                .. read.GetProperty("phases"u8)
                    .EnumerateArray()
                    .Select(phase => new TrialPhase(
                        stage,
                        ParameterJson.ReadSet(phase.GetProperty("variant"u8)) ?? ParameterSet.Empty,
                        phase.GetProperty("workers"u8).GetInt32(),
                        phase.GetProperty("first"u8).GetInt32(),
                        phase.GetProperty("count"u8).GetInt32()
                    )),
            ]
        );
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
    }

    private static void Write(Utf8JsonWriter json, string name, long? bytes)
    {
        if (bytes is { } known)
            json.WriteNumber(name, known);
    }

    private static string? Text(JsonElement read, ReadOnlySpan<byte> name) =>
        read.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement read, ReadOnlySpan<byte> name) =>
        read.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static long? Bytes(JsonElement read, ReadOnlySpan<byte> name) =>
        read.TryGetProperty(name, out var value) ? value.GetInt64() : null;
}
