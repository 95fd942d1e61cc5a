using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>Says of each run how it stands, with regard to the runs that it needs and to whether its agent lives.</summary>
/// <param name="isAgentAlive">Whether the agent that started an attempt may still be at work.</param>
public sealed class Standings(Func<JournalEvent.AttemptStarted, bool> isAgentAlive)
{
    /// <summary>The standing of every run, in the order given.</summary>
    /// <param name="runs">All runs of an experiment: the needs of each are looked for among them.</param>
    public IReadOnlyList<RunStanding> Of(IReadOnlyList<TrackedRun> runs)
    {
        var byId = runs.ToDictionary(run => run.Run.Id);
        return [.. runs.Select(run => Of(run, byId))];
    }

    private RunStanding Of(TrackedRun run, Dictionary<RunId, TrackedRun> all)
    {
        var state = run.History.State;
        return state switch
        {
            RunState.Done done => new(run, state.Word, FlagsOf(done.Attempt), done.Attempt.Flags.Count > 0),
            RunState.Failed failed => new(run, state.Word, FailureOf(failed.Attempt), IsHole: true),
            RunState.Running running => new(run, state.Word, RunningOf(running.Attempt), IsHole: true),
            RunState.Pending => new(run, state.Word, PendingOf(run, all), IsHole: true),
            _ => new(run, state.Word, "cancelled on request", IsHole: true),
        };
    }

    private static string? FlagsOf(JournalEvent.AttemptEnded ended) =>
        ended.Flags.Count == 0 ? null : string.Join("; ", ended.Flags.Select(flag => flag.Words));

    private static string FailureOf(JournalEvent.AttemptEnded ended) =>
        ended.Attempt > 1 ? $"{ended.Reason} (attempt {ended.Attempt})" : ended.Reason ?? "failed";

    private string? RunningOf(JournalEvent.AttemptStarted started) =>
        isAgentAlive(started) ? null : "its agent is gone; 'expflow run' goes on from here";

    private static string? PendingOf(TrackedRun run, Dictionary<RunId, TrackedRun> all)
    {
        foreach (var need in run.Run.Needs)
        {
            if (!all.TryGetValue(need, out var upstream))
                continue;
            if (Obstacle(upstream, all) is { } obstacle)
                return obstacle;
        }
        return run.History.Ended is { Outcome: AttemptOutcome.Again, Reason: { } reason } ? reason
            : run.History.Requeued is { } requeued && requeued.After >= run.History.Attempt ? requeued.Reason
            : null;
    }

    // The run at the root of the trouble is what the user has to look at, however many stages lie between.
    private static string? Obstacle(TrackedRun upstream, Dictionary<RunId, TrackedRun> all)
    {
        switch (upstream.History.State)
        {
            case RunState.Failed failed:
                return $"needs {upstream.Run.Stage} {upstream.Run.Id.Brief}, which failed: {failed.Attempt.Reason}";
            case RunState.Cancelled:
                return $"needs {upstream.Run.Stage} {upstream.Run.Id.Brief}, which was cancelled";
            case RunState.Pending:
                foreach (var need in upstream.Run.Needs)
                    if (all.TryGetValue(need, out var further) && Obstacle(further, all) is { } root)
                        return root;
                return null;
            default:
                return null;
        }
    }
}
