using System.Text.Json;
using Expflow.Runs;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Screens;

/// <summary>Standings as JSON: totals and one object a run.</summary>
internal static class StatusJson
{
    public static void Print(
        Terminal terminal,
        IReadOnlyList<(string Experiment, IReadOnlyList<RunStanding> Standings)> experiments
    ) => Print(terminal, experiments, [.. experiments.SelectMany(one => one.Standings)], null, null);

    /// <summary>The same with a list that is not of all runs, and what else is known of the experiments.</summary>
    public static void Print(
        Terminal terminal,
        IReadOnlyList<(string Experiment, IReadOnlyList<RunStanding> Standings)> experiments,
        IReadOnlyList<RunStanding> list,
        int? agent,
        Func<string, ExperimentStatus>? more,
        Func<RunStanding, SlurmStanding?>? slurm = null,
        Func<RunStanding, PoolName?>? pool = null
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                WriteTotals(json, [.. experiments.SelectMany(one => one.Standings)]);
                if (agent is { } pid)
                    json.WriteNumber("agent", pid);
                json.WriteStartArray("experiments");
                foreach (var (experiment, standings) in experiments)
                {
                    json.WriteStartObject();
                    json.WriteString("experiment", experiment);
                    WriteTotals(json, standings);
                    if (more?.Invoke(experiment) is { } status)
                        WriteMore(json, status);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteStartArray("list");
                foreach (var standing in list)
                    WriteRun(json, standing, slurm?.Invoke(standing), pool?.Invoke(standing));
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void WriteMore(Utf8JsonWriter json, ExperimentStatus status)
    {
        json.WriteNumber("older_code", status.Older);
        json.WriteNumber("left_behind", status.LeftBehind);
        json.WriteString("description", status.Description);
        WriteTexts(json, "tags", status.Tags);
        WriteTexts(json, "notes", status.Notes);
        if (status.Slurm is { } queue)
            SlurmJson.Write(json, queue);
        if (status.Pools.Count == 0)
            return;
        json.WriteStartArray("pools");
        foreach (var pool in status.Pools)
            PoolStatusJson.Write(json, pool);
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary><c>runs</c>, <c>done</c>, <c>failed</c>, <c>holes</c> and the other states.</summary>
    public static void WriteTotals(Utf8JsonWriter json, IReadOnlyList<RunStanding> standings)
    {
        json.WriteNumber("runs", standings.Count);
        foreach (var state in (ReadOnlySpan<string>)["done", "failed", "running", "pending", "cancelled"])
            json.WriteNumber(state, standings.Count(one => one.State == state));
        json.WriteNumber("holes", standings.Count(one => one.IsHole));
    }

    private static void WriteRun(Utf8JsonWriter json, RunStanding standing, SlurmStanding? slurm, PoolName? pool)
    {
        var history = standing.Run.History;
        json.WriteStartObject();
        json.WriteString("run", standing.Run.Run.Id.ToString());
        json.WriteString("experiment", standing.Run.Experiment);
        json.WriteString("stage", standing.Run.Run.Stage);
        json.WritePropertyName("parameters");
        json.WriteRawValue(standing.Run.Run.Parameters, skipInputValidation: true);
        json.WriteString("state", standing.State);
        json.WriteString("reason", standing.Reason);
        json.WriteBoolean("hole", standing.IsHole);
        json.WriteNumber("attempt", history.Attempt);
        json.WriteString("folder", standing.Run.Run.Folder);
        SlurmJson.Write(json, standing.Run, slurm);
        if (pool is { } name)
            json.WriteString("pool", name.ToString());
        if (history.Ended is { } ended)
        {
            json.WriteString("cause", ended.Cause);
            if (ended.ExitCode is { } code)
                json.WriteNumber("exit_code", code);
            if (ended.Elapsed is { } elapsed)
                json.WriteNumber("elapsed", elapsed);
            if (ended.PeakMemory is { } peak)
                json.WriteNumber("peak_memory", peak);
        }
        json.WriteEndObject();
    }
}
