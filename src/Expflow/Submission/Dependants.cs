using Expflow.Journal;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>Runs that wait in Slurm's queue for runs that go out anew: their tasks wait for jobs that are over, and would wait for ever.</summary>
public static class Dependants
{
    /// <summary>All of them, however many stages lie between.</summary>
    /// <param name="again">The runs that go out anew.</param>
    /// <param name="known">Every run of the experiment.</param>
    public static IReadOnlyList<TrackedRun> Of(IEnumerable<RunId> again, IReadOnlyCollection<TrackedRun> known)
    {
        var waiting = new Dictionary<RunId, List<TrackedRun>>();
        foreach (var run in known)
        foreach (var need in run.Run.Needs)
            if (waiting.TryGetValue(need, out var those))
                those.Add(run);
            else
                waiting.Add(need, [run]);
        var found = new Dictionary<RunId, TrackedRun>();
        var rest = new Queue<RunId>(again);
        while (rest.TryDequeue(out var upstream))
            foreach (var run in waiting.GetValueOrDefault(upstream) ?? [])
                if (run is { IsPlaced: true, History.State: RunState.Pending } && found.TryAdd(run.Run.Id, run))
                    rest.Enqueue(run.Run.Id);
        return [.. found.Values];
    }

    /// <summary>The order that takes a run out of the array that it waits in.</summary>
    public static JournalEvent.Requeued OrderOf(TrackedRun run, DateTimeOffset at) =>
        RetryOrder.Anew(run.Run.Id, run.History, "what it needs is run again", at);
}
