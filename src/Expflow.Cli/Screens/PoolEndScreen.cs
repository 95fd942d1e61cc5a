using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>What draining or stopping a pool does.</summary>
internal static class PoolEndScreen
{
    public static void Show(
        Terminal terminal,
        PoolName pool,
        PoolState state,
        IReadOnlyList<JobReference> cancelled,
        int running,
        QueueContents contents
    )
    {
        var runs = state == PoolState.Draining ? "let end what they run" : "ask what they run to save and end";
        terminal.Line(
            $"Pool '{pool}' starts no more runs. "
                + (
                    running > 0
                        ? $"{DecisionText.Count(running, "allocation")} {(running == 1 ? "is" : "are")} told: they {runs}, put the rest back into the queue, and end."
                        : "No allocation runs."
                )
        );
        if (cancelled.Count > 0)
            terminal.Line($"{DecisionText.Count(cancelled.Count, "allocation")} that waited for a node: cancelled.");
        if (contents.Ready + contents.Blocked is > 0 and var left)
            terminal.Line(
                $"{DecisionText.Count(left, "run")} stay in the queue; 'expflow pool start {pool}' goes on with them."
            );
    }

    public static void PrintJson(
        Terminal terminal,
        PoolName pool,
        PoolState state,
        IReadOnlyList<JobReference> cancelled,
        int running,
        QueueContents contents,
        string? trouble
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("pool", pool.ToString());
                json.WriteString("state", PoolWords.Of(state));
                json.WriteNumber("allocations_running", running);
                json.WriteStartArray("cancelled");
                foreach (var job in cancelled)
                    json.WriteStringValue(job.ToString());
                json.WriteEndArray();
                json.WriteNumber("waiting", contents.Ready);
                json.WriteNumber("blocked", contents.Blocked);
                json.WriteString("trouble", trouble);
                json.WriteEndObject();
            }
        );
}
