using System.Text.Json;
using Expflow.Runs;

namespace Expflow.Manifests;

/// <summary>Writes and reads manifests: a line for the submission, then a line a run, in the order of the plan.</summary>
public static class ManifestFile
{
    /// <summary>The version in the first line.</summary>
    public const int Version = 1;

    private const string Ending = ".jsonl";

    /// <summary>Where the manifest of a submission stands in the manifests folder.</summary>
    public static string PathOf(string folder, SubmissionId submission) => Path.Combine(folder, submission + Ending);

    /// <summary>Writes the whole manifest, or nothing: the file appears under its name when it is complete and on disk.</summary>
    /// <exception cref="IOException">The disk is full or the folder can't be written: callers turn it into a problem.</exception>
    public static void Write(string folder, ManifestHeader header, IEnumerable<ManifestRun> runs) =>
        LinesFile.Write(PathOf(folder, header.Submission), json => WriteHeader(json, header), runs, WriteRun);

    /// <summary>Reads only what stands in the first line; null when there is no whole manifest of this name.</summary>
    public static ManifestHeader? ReadHeader(string folder, SubmissionId submission)
    {
        var path = PathOf(folder, submission);
        if (!File.Exists(path))
            return null;
        using var lines = new StreamReader(path);
        return lines.ReadLine() is { } first ? HeaderOf(first) : null;
    }

    /// <summary>Reads a manifest; null when there is no whole one of this name.</summary>
    public static Manifest? Read(string folder, SubmissionId submission)
    {
        var path = PathOf(folder, submission);
        if (!File.Exists(path))
            return null;
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var end = bytes.Span.IndexOf((byte)'\n');
        if (end < 0 || HeaderOf(System.Text.Encoding.UTF8.GetString(bytes.Span[..end])) is not { } header)
            return null;
        var runs = new List<ManifestRun>();
        var stages = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var rest = bytes[(end + 1)..]; !rest.IsEmpty; rest = rest[(end + 1)..])
        {
            end = rest.Span.IndexOf((byte)'\n');
            if (end < 0)
                return null;
            runs.Add(RunOf(rest[..end], stages));
        }
        return new(header, runs);
    }

    private static void WriteHeader(Utf8JsonWriter json, ManifestHeader header)
    {
        json.WriteStartObject();
        json.WriteNumber("expflow_manifest", Version);
        json.WriteString("submission", header.Submission.ToString());
        json.WriteString("experiment", header.Experiment);
        if (header.Description is { } description)
            json.WriteString("description", description);
        json.WriteStartArray("tags");
        foreach (var tag in header.Tags)
            json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteString("at", header.At);
        json.WriteString("expflow", header.Expflow);
        json.WriteString("file", header.File);
        if (header.Options.Count > 0)
        {
            json.WriteStartArray("options");
            foreach (var option in header.Options)
                json.WriteStringValue(option);
            json.WriteEndArray();
        }
        json.WriteString("code", header.Code);
        if (header.Version is { } version)
            WriteCode(json, version);
        json.WritePropertyName("resolved");
        json.WriteRawValue(header.Resolved);
        json.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter json, ManifestCode version)
    {
        json.WriteStartObject("version");
        json.WriteString("tree", version.Tree);
        if (version.Commit is { } commit)
            json.WriteString("commit", commit);
        if (version.Branch is { } branch)
            json.WriteString("branch", branch);
        json.WriteBoolean("dirty", version.Dirty);
        if (version.Diff is { } diff)
            json.WriteString("diff", diff);
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, ManifestRun run)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Id.ToString());
        json.WriteString("stage", run.Stage);
        json.WritePropertyName("parameters");
        json.WriteRawValue(run.Parameters, skipInputValidation: true);
        json.WriteString("folder", run.Folder);
        if (run.Needs.Count > 0)
        {
            json.WriteStartArray("needs");
            foreach (var need in run.Needs)
                json.WriteStringValue(need.ToString());
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static ManifestHeader? HeaderOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (!SubmissionId.TryParse(root.GetProperty("submission"u8).GetString(), out var submission))
            return null;
        return new()
        {
            Submission = submission,
            Experiment = root.GetProperty("experiment"u8).GetString()!,
            Description = TextOrNull(root, "description"u8),
            Tags = [.. root.GetProperty("tags"u8).EnumerateArray().Select(tag => tag.GetString()!)],
            At = root.GetProperty("at"u8).GetDateTimeOffset(),
            Expflow = root.GetProperty("expflow"u8).GetString()!,
            File = root.GetProperty("file"u8).GetString()!,
            Options = root.TryGetProperty("options"u8, out var options)
                ? [.. options.EnumerateArray().Select(option => option.GetString()!)]
                : [],
            Code = root.GetProperty("code"u8).GetString()!,
            Version = root.TryGetProperty("version"u8, out var version) ? CodeOf(version) : null,
            Resolved = root.GetProperty("resolved"u8).GetRawText(),
        };
    }

    private static ManifestCode CodeOf(JsonElement version) =>
        new(
            version.GetProperty("tree"u8).GetString()!,
            TextOrNull(version, "commit"u8),
            TextOrNull(version, "branch"u8),
            version.GetProperty("dirty"u8).GetBoolean(),
            TextOrNull(version, "diff"u8)
        );

    private static ManifestRun RunOf(ReadOnlyMemory<byte> line, Dictionary<string, string> stages)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var stage = root.GetProperty("stage"u8).GetString()!;
        if (!stages.TryAdd(stage, stage))
            stage = stages[stage];
        return new(
            IdOf(root.GetProperty("run"u8)),
            stage,
            root.GetProperty("parameters"u8).GetRawText(),
            root.GetProperty("folder"u8).GetString()!,
            root.TryGetProperty("needs"u8, out var needs) ? [.. needs.EnumerateArray().Select(IdOf)] : []
        );
    }

    private static RunId IdOf(JsonElement text) =>
        RunId.TryParse(text.GetString(), out var id) ? id : throw new FormatException("not a run id");

    private static string? TextOrNull(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
