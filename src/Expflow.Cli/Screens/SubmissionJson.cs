using System.Text.Json;
using Expflow.Cli.Commands;
using Expflow.Runs;
using Expflow.Submission;

namespace Expflow.Cli.Screens;

/// <summary>What a submission to Slurm did, as JSON.</summary>
internal static class SubmissionJson
{
    public static void Print(
        Terminal terminal,
        string experiment,
        SubmissionId? submission,
        SubmissionDecision decision,
        Dispatching.Draft? draft,
        SendOutcome.Sent? sent
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                DecisionJson.Write(json, experiment, submission, decision);
                json.WriteNumber("later", draft?.Later.Count ?? 0);
                json.WriteNumber("blocked", draft?.Blocked.Count ?? 0);
                json.WriteStartArray("arrays");
                foreach (var array in draft?.Arrays ?? [])
                    Write(json, array, sent);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, ArrayDraft array, SendOutcome.Sent? sent)
    {
        var jobs = sent?.Arrays.ToDictionary(one => one.Draft, one => one.Job) ?? [];
        json.WriteStartObject();
        json.WriteString("array", array.Id.ToString());
        json.WriteString("job", jobs.TryGetValue(array, out var job) ? job.ToString() : null);
        json.WriteString("stage", array.Stage.Name);
        json.WriteNumber("tasks", array.Tasks.Count);
        json.WriteString("indices", array.Indices.ToString());
        if (sent is not null)
            json.WriteString("dependency", ArraySender.DependencyOf(array.Wait, jobs)?.ToString());
        json.WriteEndObject();
    }
}
