using System.Text.Json;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Screens;

/// <summary>What Slurm says, as JSON.</summary>
internal static class SlurmJson
{
    /// <summary><c>jobs</c> and <c>slurm</c> of an experiment.</summary>
    public static void Write(Utf8JsonWriter json, SlurmStatus status)
    {
        json.WriteStartArray("jobs");
        foreach (var job in status.Jobs)
            json.WriteStringValue(job);
        json.WriteEndArray();
        json.WriteStartArray("slurm");
        foreach (var group in status.Groups)
        {
            json.WriteStartObject();
            json.WriteString("place", KeyOf(group.Like.Place));
            json.WriteString("slurm_state", group.Like.State);
            json.WriteString("slurm_reason", group.Like.Reason);
            json.WriteString("words", group.Like.Words);
            json.WriteNumber("runs", group.Runs);
            if (group.FirstStart is { } start)
                json.WriteString("expected_start", start);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary><c>job</c>, <c>task</c>, <c>place</c>, <c>slurm_state</c>, <c>slurm_reason</c>, <c>expected_start</c> and <c>node</c> of a run, where there are any.</summary>
    public static void Write(Utf8JsonWriter json, TrackedRun run, SlurmStanding? standing)
    {
        var job = standing is null ? run.History.Started?.Job : standing.Job;
        if (job is not null)
            json.WriteString("job", job);
        if (job is not null && run.Array is not null)
            json.WriteNumber("task", run.Task);
        var node = standing?.Nodes ?? (job is null ? null : run.History.Started?.Host);
        if (node is not null)
            json.WriteString("node", node);
        if (standing is null)
            return;
        json.WriteString("place", KeyOf(standing.Place));
        json.WriteString("slurm_state", standing.State);
        json.WriteString("slurm_reason", standing.Reason);
        if (standing.ExpectedStart is { } start)
            json.WriteString("expected_start", start);
    }

    private static string KeyOf(SlurmPlace place) =>
        place switch
        {
            SlurmPlace.Unsubmitted => "unsubmitted",
            SlurmPlace.InDoubt => "in_doubt",
            SlurmPlace.HeldByExpflow => "held_by_expflow",
            SlurmPlace.Waiting => "waiting",
            SlurmPlace.Blocked => "blocked",
            SlurmPlace.Requeued => "requeued",
            SlurmPlace.Starting => "starting",
            SlurmPlace.Running => "running",
            SlurmPlace.Suspended => "suspended",
            SlurmPlace.Completing => "completing",
            SlurmPlace.Left => "left",
            _ => "unasked",
        };
}
