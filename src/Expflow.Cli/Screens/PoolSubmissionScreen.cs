using Expflow.Cli.Commands;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Submission;

namespace Expflow.Cli.Screens;

/// <summary>What goes into the queue of a pool.</summary>
internal sealed class PoolSubmissionScreen(Terminal terminal)
{
    private const int MostShown = 20;

    /// <summary>What is new.</summary>
    public void ShowDecision(string experiment, SubmissionDecision decision) =>
        terminal.Line($"{experiment}: {DecisionText.Of(decision)}");

    /// <summary>What stands in the queue now, and who will take it.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="batches">What was put into it.</param>
    /// <param name="isClosed">Whether its agents take nothing, since it was drained or stopped.</param>
    /// <param name="workers">How many workers are at it, as far as the pool's own folder tells.</param>
    /// <param name="started">The allocations that were asked for with it; null when none were.</param>
    public void ShowQueued(
        PoolName pool,
        IReadOnlyList<Batch> batches,
        bool isClosed,
        int workers,
        PoolStarting.Result? started
    )
    {
        var blocked = batches.Where(batch => batch.Name.IsBlocked).Sum(batch => batch.Tasks.Count);
        terminal.Line(
            $"{DecisionText.Count(batches.Sum(batch => batch.Tasks.Count), "run")} in the queue of pool '{pool}'"
                + (blocked > 0 ? $", {blocked:#,0} of them behind what they need" : "")
                + "."
        );
        if (started is { New: > 0 })
            PoolStartScreen.Show(terminal, pool, started);
        else
            terminal.Line(
                isClosed
                    ? $"The pool takes no runs: it was drained or stopped. 'expflow pool start {pool}' opens it again."
                : workers == 0
                    ? $"No worker is at it yet: 'expflow pool start {pool}' starts some; 'expflow pool status {pool}' shows those that wait for a node."
                : $"{DecisionText.Count(workers, "worker")} at it; 'expflow pool status {pool}' shows what they do."
            );
    }

    /// <summary>What would be put into the queue, in the order in which it would start.</summary>
    public void ShowDryRun(PoolName pool, IReadOnlyList<Batch> batches, ExperimentInput.Planned planned)
    {
        var order = batches
            .OrderByDescending(batch => batch.Name.Priority)
            .ThenBy(batch => batch.Name.Sequence)
            .ToList();
        terminal.Line(
            $"{DecisionText.Count(batches.Sum(batch => batch.Tasks.Count), "run")} of '{planned.Experiment.Name}' would go into the queue of pool '{pool}' as {DecisionText.Count(batches.Count, "file")}, to start in this order:"
        );
        var table = new TextTable()
            .Column("priority", right: true)
            .Column("runs", right: true)
            .Column("stage")
            .Column("first run");
        foreach (var batch in order.Take(MostShown))
            table.Row(
                $"{batch.Name.Priority}",
                $"{batch.Tasks.Count:#,0}",
                batch.Header.Stage + (batch.Name.IsBlocked ? " (waits for what it needs)" : ""),
                RunNames.Of(batch.Tasks[0].Run)
            );
        table.Print(terminal.Out);
        if (order.Count > MostShown)
            terminal.Line($"… and {order.Count - MostShown:#,0} more files.");
        terminal.Line("Dry run: nothing was written.");
    }

    /// <summary>The same as JSON.</summary>
    public static void PrintJson(
        Terminal terminal,
        string experiment,
        SubmissionId? submission,
        SubmissionDecision decision,
        PoolName pool,
        IReadOnlyList<Batch> batches,
        PoolStarting.Result? started
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                DecisionJson.Write(json, experiment, submission, decision);
                json.WriteString("pool", pool.ToString());
                json.WriteNumber("queued", batches.Sum(batch => batch.Tasks.Count));
                json.WriteNumber(
                    "blocked",
                    batches.Where(batch => batch.Name.IsBlocked).Sum(batch => batch.Tasks.Count)
                );
                json.WriteNumber("files", batches.Count);
                if (started is not null)
                {
                    json.WriteNumber("allocations_started", started.New);
                    json.WriteString("job", started.Job?.ToString());
                }
                json.WriteEndObject();
            }
        );
}
