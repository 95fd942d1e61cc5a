using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Parameters;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Advice;

/// <summary>Every ended attempt of an experiment's runs, from the journal's events in any order.</summary>
/// <param name="runs">The experiment's runs.</param>
/// <param name="definitionOf">What a submission asked for; null when its manifest can't be read any more.</param>
public sealed class AttemptFold(IReadOnlyList<TrackedRun> runs, Func<SubmissionId, Experiment?> definitionOf)
{
    private sealed class Told
    {
        public List<JournalEvent.AttemptStarted> Starts { get; } = [];
        public List<JournalEvent.AttemptEnded> Ends { get; } = [];
        public List<JournalEvent.Requeued> Orders { get; } = [];
    }

    /// <summary>The attempts, run by run, each run's in their order.</summary>
    public IReadOnlyList<AttemptUse> Of(IEnumerable<JournalEvent> events)
    {
        var told = runs.ToDictionary(run => run.Run.Id, _ => (Told?)null);
        foreach (var happened in events)
            if (RunLedger.RunOf(happened) is { } run && told.TryGetValue(run, out var known))
                Take(known ?? (told[run] = new Told()), happened);
        return [.. runs.SelectMany(run => told[run.Run.Id] is { } known ? Of(run, known) : [])];
    }

    private static void Take(Told told, JournalEvent happened)
    {
        if (happened is JournalEvent.AttemptStarted started)
            told.Starts.Add(started);
        else if (happened is JournalEvent.AttemptEnded ended)
            told.Ends.Add(ended);
        else if (happened is JournalEvent.Requeued order)
            told.Orders.Add(order);
    }

    private IEnumerable<AttemptUse> Of(TrackedRun run, Told told)
    {
        if (told.Ends.Count == 0)
            yield break;
        var parameters = ParameterText.Read(run.Run.Parameters);
        foreach (var ends in told.Ends.GroupBy(end => end.Attempt).OrderBy(ends => ends.Key))
            yield return Of(run, parameters, told, Holding(ends));
    }

    // As the fold of a run's history has it: the lesser token owns an attempt, and of two who saw its end the better word counts.
    private static JournalEvent.AttemptEnded Holding(IEnumerable<JournalEvent.AttemptEnded> ends) =>
        ends.OrderBy(end => end.Token, StringComparer.Ordinal).ThenBy(end => end.Outcome).ThenBy(end => end.At).First();

    private AttemptUse Of(TrackedRun run, ParameterSet parameters, Told told, JournalEvent.AttemptEnded ended)
    {
        // The start is told more than once, each time with more of the machine.
        var started = told
            .Starts.Where(start => start.Attempt == ended.Attempt && start.Token == ended.Token)
            .MaxBy(start => start.Machine?.Length ?? -1);
        var order = told
            .Orders.Where(order => order.After < ended.Attempt)
            .MaxBy(order => (order.Turn, order.After, order.At));
        var submission = started?.Submission ?? run.Submission;
        return new()
        {
            Run = run.Run.Id,
            Stage = run.Run.Stage,
            Attempt = ended.Attempt,
            Submission = submission,
            Parameters = parameters,
            Asked = Asked(definitionOf(submission)?.Stage(run.Run.Stage)?.Resources ?? Resources.Open, order),
            Outcome = ended.Outcome,
            Cause = ended.Cause,
            ExitCode = ended.ExitCode,
            // What never began took no time, and nothing of what it had asked for.
            Elapsed = ended.Elapsed ?? (ended.Cause is "not_started" or "never_started" ? 0 : null),
            CpuSeconds = ended.CpuSeconds,
            // Where nothing was measured, some write nothing and some write 0.
            PeakMemory = ended.PeakMemory is > 0 and var peak ? peak : null,
            GpuMemory = ended.GpuMemory,
            GpuUse = ended.GpuUse,
            Machine = MachineNote.Read(started?.Machine),
        };
    }

    private static Resources Asked(Resources stage, JournalEvent.Requeued? order) =>
        order is null
            ? stage
            : stage with
            {
                Memory = order.Memory is > 0 and var bytes ? MemorySize.FromBytes(bytes) : stage.Memory,
                Cpus = order.Cpus ?? stage.Cpus,
                Walltime = order.Walltime is > 0 and var seconds
                    ? Walltime.From(TimeSpan.FromSeconds(seconds))
                    : stage.Walltime,
            };
}
