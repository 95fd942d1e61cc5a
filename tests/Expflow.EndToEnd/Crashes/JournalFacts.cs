using System.Text.Json;
using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>The journal, read by somebody who knows nothing of Expflow's own reader.</summary>
internal static class JournalFacts
{
    public static IReadOnlyList<JsonElement> Events(ScratchProject project)
    {
        var folder = project[".expflow/journal"];
        if (!Directory.Exists(folder))
            return [];
        return
        [
            .. Directory
                .EnumerateFiles(folder)
                .Order(StringComparer.Ordinal)
                .SelectMany(Lines)
                .Where(line => line.TryGetProperty("event", out _)),
        ];
    }

    public static IEnumerable<JsonElement> Events(ScratchProject project, string kind) =>
        Events(project).Where(one => one.GetProperty("event").GetString() == kind);

    /// <summary>Every submission that the journal names has its whole manifest.</summary>
    public static void HaveManifests(ScratchProject project)
    {
        foreach (var submitted in Events(project, "submitted"))
        {
            var path = project[$".expflow/manifests/{submitted.GetProperty("submission").GetString()}.jsonl"];
            Assert.Equal(submitted.GetProperty("runs").GetInt32() + 1, File.ReadAllLines(path).Length);
        }
        var known = Events(project, "submitted").Select(one => one.GetProperty("submission").GetString()).ToHashSet();
        foreach (var started in Events(project, "attempt_started"))
            Assert.Contains(started.GetProperty("submission").GetString(), known);
    }

    // A line cut by the crash has no end, and is no line.
    private static IEnumerable<JsonElement> Lines(string path)
    {
        var text = File.ReadAllText(path);
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            yield return JsonDocument.Parse(line).RootElement;
    }
}
