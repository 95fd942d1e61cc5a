using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Recovery;
using Expflow.Retries;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Recovery of runs that a pool carries out: what is tried again, and what stands nowhere, goes back into its queue.</summary>
internal sealed class PoolRecovery(Composition with, ProjectFolder project, PoolFolder pool)
{
    private readonly PoolPlaces places = new(project);

    /// <summary>Decides. What dead agents left has been put right.</summary>
    public RecoveryPlan Plan(RunIndex index, string experiment, bool all)
    {
        var submitted = new SubmittedExperiment(project, index, experiment);
        var request = new RecoverySight(project, submitted).RequestOf(
            [.. new StatusReading(project, index).All(experiment).Select(one => one.Run)],
            PlaceOf,
            // What an allocation has is the agents' to judge: a run that fits into none waits for one that has more.
            _ => RetryLimits.Unknown,
            all
        );
        // The queue can't be held for one stage: 'expflow pool drain' holds it for all.
        return RecoveryPlan.For(request with { Alike = int.MaxValue });
    }

    /// <summary>Has it done. The caller holds the submit lock.</summary>
    /// <returns>What came of it, in a sentence.</returns>
    /// <exception cref="IOException">The project can't be written. What is ordered and stands nowhere is found by the next recovery.</exception>
    public string CarryOut(RunIndex index, string experiment, RecoveryPlan plan)
    {
        using (var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time))
            journal.Append(plan.Events(with.Time.GetUtcNow()));
        index.Refresh();
        var known = index.Runs(experiment).ToDictionary(run => run.Run.Id);
        // What has failed may stand in an agent's hand still, among others that have not ended: there it is over.
        var failed = plan
            .Groups.SelectMany(group => group.Runs)
            .OfType<RecoveryDecision.Again>()
            .Select(one => one.Run.Run.Run.Id)
            .ToHashSet();
        var others = plan.Groups.SelectMany(group => group.Runs).Select(one => known[one.Run.Run.Run.Id]);
        List<TrackedRun> free =
        [
            .. failed.Select(run => known[run]),
            .. new PoolPlaces(project).Nowhere(others.Where(run => !failed.Contains(run.Run.Id))),
        ];
        var build = new WantedRuns(known.ToDictionary(run => run.Key, run => run.Value.Run));
        var wanted = WantedRuns.UpstreamFirst(new EarlierRuns(project).Of(build, free));
        bool IsBlocked(WantedRun run) =>
            run.Run.Needs.Any(need => known.GetValueOrDefault(need)?.History.State is not RunState.Done);
        foreach (var batch in new PoolBatches(IsBlocked, null, with.Time, with.Random).Cut(wanted))
            QueueDrafts.Add(pool, batch);
        PoolControl.Say(pool);
        return $"{DecisionText.Count(wanted.Count, "run")} back in the queue of pool '{pool.Name}'.";
    }

    private QueuePlace PlaceOf(TrackedRun run) =>
        run.History.State switch
        {
            RunState.Running => QueuePlace.Running,
            RunState.Pending when run.IsPlaced || places.Has(run.Run.Id) => QueuePlace.Waiting,
            _ => QueuePlace.Absent,
        };
}
