using System.Globalization;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Recovery;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Screens;

/// <summary>The story of one run: a line for each thing that happened, and what comes next.</summary>
internal static class ExplanationScreen
{
    public static void Print(
        Terminal terminal,
        ProjectFolder project,
        RunStanding standing,
        RecoveryDecision? decision,
        SlurmStanding? slurm,
        IReadOnlyList<JournalEvent> events
    )
    {
        var run = standing.Run;
        terminal.Line($"{run.Run.Id}  {run.Experiment} {RunNames.Of(run.Run)}");
        terminal.Line($"parameters  {run.Run.Parameters}");
        terminal.Line($"folder      {Path.Combine(project.Runs, run.Run.Folder)}");
        terminal.Line($"submission  {run.Submission}");
        if (JobLineOf(slurm) is { } job)
            terminal.Line($"job         {job}");
        terminal.Line();
        foreach (var happened in events)
            if (TextOf(happened) is { } text)
                terminal.Line($"{happened.At:yyyy-MM-dd HH:mm:ss}  {text}");
        if (events.Count == 0)
            terminal.Line("Nothing has happened yet.");
        terminal.Line();
        terminal.Line(NextOf(standing, decision));
    }

    // The job, its node and its time; what it waits for stands at the end, where the next thing to happen is told.
    private static string? JobLineOf(SlurmStanding? slurm) =>
        slurm is not { Job: { } job } ? null
        : slurm is { Nodes: { } nodes, Since: { } since }
            ? $"{job}, {slurm.State} on {nodes} since {since.ToLocalTime():yyyy-MM-dd HH:mm:ss}"
        : slurm is { ExpectedStart: { } start }
            ? $"{job}, {slurm.State}, expected to start {start.ToLocalTime():yyyy-MM-dd HH:mm}"
        : slurm.State is { } state ? $"{job}, {state}"
        : job;

    public static void PrintJson(
        Terminal terminal,
        RunStanding standing,
        RecoveryDecision? decision,
        SlurmStanding? slurm,
        IReadOnlyList<JournalEvent> events
    ) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("run", standing.Run.Run.Id.ToString());
                json.WriteString("experiment", standing.Run.Experiment);
                json.WriteString("stage", standing.Run.Run.Stage);
                json.WritePropertyName("parameters");
                json.WriteRawValue(standing.Run.Run.Parameters, skipInputValidation: true);
                json.WriteString("state", standing.State);
                json.WriteString("reason", standing.Reason);
                json.WriteString("next", NextOf(standing, decision));
                json.WriteString("recovery", decision?.Word);
                SlurmJson.Write(json, standing.Run, slurm);
                json.WriteStartArray("events");
                foreach (var happened in events)
                    json.WriteRawValue(JournalText.Write(happened));
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static string? TextOf(JournalEvent happened) =>
        happened switch
        {
            // The owner says it twice: before the process exists, and when it does.
            JournalEvent.AttemptStarted { Process: not null } => null,
            JournalEvent.AttemptStarted started =>
                $"attempt {started.Attempt} started on {started.Host}{(started.Job is { } job ? $" in job {job}" : "")}{(started.Gpus is { } gpus ? $", GPU {gpus}" : "")}, for submission {started.Submission}",
            JournalEvent.AttemptEnded ended => $"attempt {ended.Attempt} {OutcomeOf(ended)}{UseOf(ended)}",
            JournalEvent.Requeued requeued => $"to be run again: {requeued.Reason}",
            JournalEvent.Cancelled => "cancelled on request",
            JournalEvent.Held held => $"its stage was held: {held.Reason}",
            _ => null,
        };

    private static string OutcomeOf(JournalEvent.AttemptEnded ended) =>
        ended.Outcome switch
        {
            AttemptOutcome.Done when ended.Flags.Count > 0 =>
                $"done, but {string.Join("; ", ended.Flags.Select(flag => flag.Words))}",
            AttemptOutcome.Done => "done",
            AttemptOutcome.Again => $"ended to go on: {ended.Reason}",
            _ => $"failed: {ended.Reason}",
        };

    private static string UseOf(JournalEvent.AttemptEnded ended)
    {
        var parts = new List<string>();
        if (ended.Elapsed is { } elapsed)
            parts.Add($"after {Durations.Words(TimeSpan.FromSeconds(elapsed))}");
        if (ended.CpuSeconds is { } cpu)
            parts.Add($"{Durations.Words(TimeSpan.FromSeconds(cpu))} of CPU");
        if (ended.PeakMemory is { } peak)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"at most {peak / 1048576.0:0.#} MiB"));
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }

    private static string WhyOf(RecoveryDecision? decision) =>
        decision switch
        {
            RecoveryDecision.Leave leave => $": {leave.Why}",
            RecoveryDecision.Hold hold => $": {hold.Why}",
            _ => "",
        };

    private static string NextOf(RunStanding standing, RecoveryDecision? decision)
    {
        var brief = standing.Run.Run.Id.Brief;
        return standing.State switch
        {
            "done" when standing.IsHole =>
                $"Done, but not good: {standing.Reason}. 'expflow retry {standing.Run.Experiment} --holes' runs it again.",
            "done" => "Done. Nothing more will happen.",
            "failed" when decision is RecoveryDecision.Again again =>
                $"Failed: {standing.Reason}. 'expflow recover {standing.Run.Experiment}' tries it again: {again.Words}.",
            "failed" =>
                $"Failed: {standing.Reason}. Nothing more is tried by itself{WhyOf(decision)}. 'expflow logs {brief}' shows what it said, 'expflow retry {brief}' runs it again.",
            "cancelled" => $"Cancelled. 'expflow retry {brief}' runs it again.",
            "running" => standing.Reason is { } lost
                ? $"Running, but {lost}."
                : $"Running. 'expflow logs {brief} -f' follows it.",
            _ when decision is RecoveryDecision.Hold or RecoveryDecision.Follow => $"Pending: {decision.Words}.",
            _ => $"Pending: {standing.Reason ?? "it waits for its turn"}.",
        };
    }
}
