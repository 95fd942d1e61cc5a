using System.Text.Json;
using Expflow.Cli.Commands;

namespace Expflow.Cli.Screens;

/// <summary>Pools as JSON.</summary>
internal static class PoolStatusJson
{
    public static void Print(Terminal terminal, IReadOnlyList<PoolPicture> pictures) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("pools");
                foreach (var picture in pictures)
                    Write(json, picture);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    /// <summary>One pool as an object.</summary>
    public static void Write(Utf8JsonWriter json, PoolPicture picture)
    {
        json.WriteStartObject();
        json.WriteString("pool", picture.Pool.ToString());
        json.WriteString("state", PoolWords.Of(picture.State));
        json.WriteStartArray("allocations");
        foreach (var one in picture.Allocations)
            Write(json, one, picture);
        json.WriteEndArray();
        json.WriteNumber("workers", picture.Workers);
        json.WriteStartArray("running");
        foreach (var run in picture.Running)
        {
            var started = run.History.Started!;
            json.WriteStartObject();
            json.WriteString("run", run.Run.Id.ToString());
            json.WriteString("experiment", run.Experiment);
            json.WriteString("stage", run.Run.Stage);
            json.WriteString("job", started.Job);
            json.WriteString("node", started.Host);
            json.WriteString("gpus", started.Gpus);
            json.WriteString("since", started.At);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("waiting", picture.Ready);
        json.WriteNumber("claimed", picture.Claimed);
        json.WriteNumber("blocked", picture.Blocked);
        json.WriteNumber("done", picture.Done);
        json.WriteNumber("failed", picture.Failed);
        if (picture.Rate is { } rate)
            json.WriteNumber("runs_per_minute", Math.Round(rate, 3));
        if (picture.TimeLeft is { } left)
            json.WriteNumber("seconds_left", Math.Round(left.TotalSeconds));
        json.WriteString("last_words", picture.LastWords);
        json.WriteString("trouble", picture.Trouble);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PoolAllocation one, PoolPicture picture)
    {
        json.WriteStartObject();
        json.WriteString("job", one.Job);
        json.WriteString("node", PoolStatusScreen.NodeOf(one));
        json.WriteString("slurm_state", one.Row?.State.Word);
        json.WriteString("slurm_reason", one.Row is { State.IsWaiting: true } row ? row.Reason.Word : null);
        if (one.Row is { State.IsWaiting: true, Start: { } start })
            json.WriteString("expected_start", start);
        if (one.Workers is { } workers)
            json.WriteNumber("workers", workers);
        json.WriteNumber("busy", picture.Running.Count(run => run.History.Started?.Job == one.Job));
        if (PoolStatusScreen.EndOf(one) is { } end)
        {
            json.WriteString("end", end);
            json.WriteNumber("seconds_left", Math.Max(0, Math.Round((end - picture.At).TotalSeconds)));
        }
        json.WriteString("words", PoolStatusScreen.StateOf(one));
        json.WriteEndObject();
    }
}
