using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>How runs stand that others need, as the journal says it and as Slurm's queue confirms it.</summary>
/// <param name="runs">Every run of the experiment that was ever submitted.</param>
/// <param name="jobOf">The job of an array; null when Slurm has none of it.</param>
public sealed class NeedsLookup(IReadOnlyDictionary<RunId, TrackedRun> runs, Func<ArrayId, SlurmJob?> jobOf)
{
    private HashSet<SlurmJobId> alive = [];

    /// <summary>The jobs whose tasks some of these runs need. They must be seen alive: Slurm takes a dependency on a job that it has forgotten for met.</summary>
    public IReadOnlyList<SlurmJobId> JobsToSee(IEnumerable<WantedRun> wanted) =>
        [
            .. wanted
                .SelectMany(run => run.Run.Needs)
                .Distinct()
                .Select(need => PlaceOf(need)?.Job.Id)
                .OfType<SlurmJobId>()
                .Distinct(),
        ];

    /// <summary>Notes which of them the queue has.</summary>
    public void Saw(IEnumerable<SlurmJobId> jobs) => alive = [.. jobs];

    /// <summary>How a run stands.</summary>
    public NeedState Of(RunId run)
    {
        if (!runs.TryGetValue(run, out var known))
            return new NeedState.Waiting();
        return known.History.State switch
        {
            RunState.Done => new NeedState.Met(),
            RunState.Failed or RunState.Cancelled => new NeedState.Failed(),
            _ when PlaceOf(run) is { } place && alive.Contains(place.Job.Id) => new NeedState.Underway(
                place.Job,
                place.Index
            ),
            _ => new NeedState.Waiting(),
        };
    }

    private (SlurmJob Job, int Index)? PlaceOf(RunId run) =>
        runs.TryGetValue(run, out var known)
        && known.History.State is RunState.Pending or RunState.Running
        && known is { IsPlaced: true, Array: { } array }
        && jobOf(array) is { } job
            ? (job, known.Task)
            : null;
}
