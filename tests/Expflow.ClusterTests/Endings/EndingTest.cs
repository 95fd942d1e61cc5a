using System.Text.Json;
using Expflow.ClusterTests.Submission;

namespace Expflow.ClusterTests.Endings;

/// <summary>What tests of how runs end have in common: an experiment <c>s</c>, and what the commands say of its runs.</summary>
public abstract class EndingTest(Clusters clusters) : SubmissionTest(clusters)
{
    /// <summary>Submits the experiment <c>s</c>; the job of its only array.</summary>
    protected async Task<string> Send(string file) => (await SendAll(file)).Job;

    /// <inheritdoc cref="Send"/>
    protected Task<Sent> SendAll(string file)
    {
        Project.Write("s.yaml", $"experiment: s\n{file}\n");
        return Submit("s.yaml");
    }

    /// <summary>The runs as <c>status</c> tells of them, once Slurm was asked anew.</summary>
    protected async Task<IReadOnlyList<Seen>> Look() =>
        Seen.Read((await Project.Run("status", "s", "--json", "--refresh")).Out);

    /// <summary>The only run, or the only one of a stage.</summary>
    protected async Task<Seen> LookAt(string? stage = null) =>
        (await Look()).Single(run => stage is null || run.Stage == stage);

    /// <summary>Waits until <c>status</c> tells that all runs are in these states: <c>done failed</c>, in the order of the manifest.</summary>
    protected async Task<Seen> WaitForStates(string states, double seconds = 60)
    {
        IReadOnlyList<Seen> seen = [];
        await Wait.For(
            () => $"the runs are {states}, not '{string.Join("; ", seen)}'",
            async () => string.Join(' ', (seen = await Look()).Select(run => run.State)) == states,
            seconds,
            Cluster.Describe,
            Project.Describe
        );
        return seen[0];
    }

    /// <summary>How the attempts of a run, or of the only one, ended, as <c>explain</c> tells it: <c>1 failed: preempted, 2 done</c>.</summary>
    protected async Task<string> Story(string run = "s")
    {
        using var json = JsonDocument.Parse((await Project.Run("explain", run, "--json")).Text);
        var told = json
            .RootElement.GetProperty("events")
            .EnumerateArray()
            .Where(happened => happened.GetProperty("event").GetString() == "attempt_ended")
            .Select(ended =>
                $"{ended.GetProperty("attempt")} {ended.GetProperty("outcome")}"
                + (ended.TryGetProperty("cause", out var cause) ? $": {cause}" : "")
            );
        return string.Join(", ", told);
    }

    /// <summary>What <c>explain</c> says to people.</summary>
    protected async Task<string> Explain(string run = "s") => (await Project.Run("explain", run)).Text;

    /// <summary>Recovers what can be; the decisions, each once: <c>again: out_of_memory</c>.</summary>
    protected async Task<string> Recover()
    {
        using var json = JsonDocument.Parse((await Project.Run("recover", "s", "--yes", "--json")).Out);
        var decisions = json.RootElement[0]
            .GetProperty("decisions")
            .EnumerateArray()
            .Select(one =>
                $"{one.GetProperty("decision")}{(one.TryGetProperty("cause", out var cause) ? $": {cause}" : "")}"
            );
        return string.Join(' ', decisions.Distinct());
    }

    /// <summary>Waits until a file of the project says this.</summary>
    protected Task WaitForText(string file, string text, double seconds = 60) =>
        WaitFor($"'{file}' says {text.Trim()}", () => Project.Read(file) == text, seconds);

    /// <summary>The agents at work on a node, as process ids; empty for none.</summary>
    protected Task<string> Agents(string node) => Cluster.Exec(node, "sh", "-c", "pgrep -f '[e]xpflow agent' || :");

    /// <summary>A run as <c>status --json</c> tells of it.</summary>
    protected sealed record Seen
    {
        public required string Id { get; init; }
        public required string Stage { get; init; }
        public required string State { get; init; }
        public required int Attempt { get; init; }
        public string? Reason { get; init; }
        public string? Cause { get; init; }
        public string? Job { get; init; }
        public string? Node { get; init; }
        public string? Place { get; init; }
        public string? SlurmReason { get; init; }
        public required bool IsHole { get; init; }
        public required string Folder { get; init; }

        public static IReadOnlyList<Seen> Read(string text)
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.GetProperty("list").EnumerateArray().Select(Of)];
        }

        private static Seen Of(JsonElement run) =>
            new()
            {
                Id = run.GetProperty("run").GetString()!,
                Stage = run.GetProperty("stage").GetString()!,
                State = run.GetProperty("state").GetString()!,
                Attempt = run.GetProperty("attempt").GetInt32(),
                Reason = Text(run, "reason"),
                Cause = Text(run, "cause"),
                Job = Text(run, "job"),
                Node = Text(run, "node"),
                Place = Text(run, "place"),
                SlurmReason = Text(run, "slurm_reason"),
                IsHole = run.GetProperty("hole").GetBoolean(),
                Folder = run.GetProperty("folder").GetString()!,
            };

        private static string? Text(JsonElement run, string name) =>
            run.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
