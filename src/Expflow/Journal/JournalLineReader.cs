using System.Collections.ObjectModel;
using System.Text.Json;
using Expflow.Runs;

namespace Expflow.Journal;

/// <summary>Reads one line of a journal file back into what it said.</summary>
internal static partial class JournalLineReader
{
    /// <summary>What one line turned out to be.</summary>
    public abstract record Line
    {
        private Line() { }

        /// <summary>An event of a known kind.</summary>
        public sealed record Event(JournalEvent Happened) : Line;

        /// <summary>The first line of a file.</summary>
        public sealed record Header(int Version) : Line;

        /// <summary>JSON, but of a kind that this version doesn't know.</summary>
        public sealed record UnknownKind(string Kind) : Line;

        /// <summary>Not a line that any version wrote.</summary>
        public sealed record Damaged : Line;
    }

    public static Line Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return new Line.Damaged();
            if (root.TryGetProperty("expflow_journal"u8, out var version))
                return new Line.Header(version.GetInt32());
            var kind = root.GetProperty("event"u8).GetString()!;
            return ReadEvent(kind, root) is { } happened ? new Line.Event(happened) : new Line.UnknownKind(kind);
        }
        // A line cut or overwritten by a crash or a full disk can fail in any of these ways; all mean the same.
        catch (Exception broken)
            when (broken is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new Line.Damaged();
        }
    }

    private static JournalEvent? ReadEvent(string kind, JsonElement root)
    {
        var at = root.GetProperty("at"u8).GetDateTimeOffset();
        return kind switch
        {
            "submitted" => new JournalEvent.Submitted
            {
                At = at,
                Submission = Submission(root),
                Experiment = Text(root, "experiment"u8),
                Runs = root.GetProperty("runs"u8).GetInt32(),
                Executor = ExecutorWords.Of(TextOrNull(root, "executor"u8)),
                Pool = PoolName.TryParse(TextOrNull(root, "pool"u8), out var pool) ? pool : null,
            },
            "attempt_started" => new JournalEvent.AttemptStarted
            {
                At = at,
                Run = Run(root),
                Attempt = root.GetProperty("attempt"u8).GetInt32(),
                Token = Text(root, "token"u8),
                Submission = Submission(root),
                Host = Text(root, "host"u8),
                Process = TextOrNull(root, "process"u8),
                Gpus = TextOrNull(root, "gpus"u8),
                Job = TextOrNull(root, "job"u8),
                Restarts = root.TryGetProperty("restarts"u8, out var restarts) ? restarts.GetInt32() : 0,
                Machine = root.TryGetProperty("machine"u8, out var machine) ? machine.GetRawText() : null,
            },
            "attempt_ended" => ReadEnd(root, at),
            "requeued" => new JournalEvent.Requeued
            {
                At = at,
                Run = Run(root),
                Turn = root.GetProperty("turn"u8).GetInt32(),
                After = root.GetProperty("after"u8).GetInt32(),
                Reason = Text(root, "reason"u8),
                Memory = root.TryGetProperty("memory"u8, out var memory) ? memory.GetInt64() : null,
                Cpus = root.TryGetProperty("cpus"u8, out var cpus) ? cpus.GetInt32() : null,
                Walltime = NumberOrNull(root, "walltime"u8),
                Tries = root.TryGetProperty("tries"u8, out var tries) ? tries.GetInt32() : 0,
                Cause = TextOrNull(root, "cause"u8),
                TriesByCause = Counts(root, "tries_by_cause"u8),
                Exclude = Texts(root, "exclude"u8),
            },
            "cancelled" => new JournalEvent.Cancelled
            {
                At = at,
                Run = Run(root),
                Turn = root.GetProperty("turn"u8).GetInt32(),
            },
            "held" => new JournalEvent.Held
            {
                At = at,
                Experiment = Text(root, "experiment"u8),
                Stage = Text(root, "stage"u8),
                Reason = Text(root, "reason"u8),
            },
            "noted" => new JournalEvent.Noted
            {
                At = at,
                Experiment = Text(root, "experiment"u8),
                Run = root.TryGetProperty("run"u8, out _) ? Run(root) : null,
                Tags = Texts(root, "tags"u8),
                Note = TextOrNull(root, "note"u8),
            },
            "agent_started" => new JournalEvent.AgentStarted
            {
                At = at,
                Host = Text(root, "host"u8),
                Process = Text(root, "process"u8),
            },
            "agent_stopped" => new JournalEvent.AgentStopped { At = at, Reason = Text(root, "reason"u8) },
            _ => ReadArray(kind, root, at),
        };
    }

    private static JournalEvent.AttemptEnded ReadEnd(JsonElement root, DateTimeOffset at) =>
        new()
        {
            At = at,
            Run = Run(root),
            Attempt = root.GetProperty("attempt"u8).GetInt32(),
            Token = Text(root, "token"u8),
            Outcome = Text(root, "outcome"u8) switch
            {
                "done" => AttemptOutcome.Done,
                "again" => AttemptOutcome.Again,
                _ => AttemptOutcome.Failed,
            },
            Cause = TextOrNull(root, "cause"u8),
            Reason = TextOrNull(root, "reason"u8),
            ExitCode = root.TryGetProperty("exit_code"u8, out var code) ? code.GetInt32() : null,
            Elapsed = NumberOrNull(root, "elapsed"u8),
            CpuSeconds = NumberOrNull(root, "cpu"u8),
            PeakMemory = root.TryGetProperty("peak_memory"u8, out var peak) ? peak.GetInt64() : null,
            GpuMemory = root.TryGetProperty("gpu_memory"u8, out var gpuMemory) ? gpuMemory.GetInt64() : null,
            GpuUse = NumberOrNull(root, "gpu_use"u8),
            Metrics = root.TryGetProperty("metrics"u8, out var metrics) ? metrics.GetRawText() : null,
            Flags = root.TryGetProperty("flags"u8, out var flags)
                ? [.. flags.EnumerateArray().Select(flag => new RunFlag(Text(flag, "kind"u8), Text(flag, "words"u8)))]
                : [],
            Output = root.TryGetProperty("output"u8, out var output) ? ReadOutput(output) : null,
        };

    private static OutputSegment ReadOutput(JsonElement output) =>
        new(
            output[0].GetString()!,
            output[1].GetInt64(),
            output[2].GetInt64(),
            output[3].GetInt64(),
            output[4].GetInt64()
        );

    private static RunId Run(JsonElement root) =>
        RunId.TryParse(root.GetProperty("run"u8).GetString(), out var id) ? id : throw new FormatException();

    private static SubmissionId Submission(JsonElement root) =>
        SubmissionId.TryParse(root.GetProperty("submission"u8).GetString(), out var id)
            ? id
            : throw new FormatException();

    private static string Text(JsonElement root, ReadOnlySpan<byte> name) => root.GetProperty(name).GetString()!;

    private static IReadOnlyDictionary<string, int> Counts(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var counts)
            ? counts
                .EnumerateObject()
                .ToDictionary(one => one.Name, one => one.Value.GetInt32(), StringComparer.Ordinal)
            : ReadOnlyDictionary<string, int>.Empty;

    private static string[] Texts(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static string? TextOrNull(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? NumberOrNull(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
