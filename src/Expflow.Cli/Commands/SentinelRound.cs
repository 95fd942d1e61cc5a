using Expflow.Indexing;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Submission;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Leaves the next sentinel behind while something of an experiment is on its way or waits for room.</summary>
internal sealed class SentinelRound(Composition with, ProjectFolder project, SlurmSite site)
{
    /// <summary>Leaves it, or doesn't.</summary>
    /// <returns>What came of it, in a sentence; null when none is needed any more.</returns>
    public async Task<string?> LeaveAsync(RunIndex index, string experiment, SentinelDuty duty)
    {
        var submitted = new SubmittedExperiment(project, index, experiment);
        var open = submitted.Runs.Where(run => run.History.State is RunState.Pending or RunState.Running).ToList();
        var jobs = Dispatching.JobsOf(index, experiment);
        var underway = open.Where(run => run is { IsPlaced: true, Array: { } array } && jobs.ContainsKey(array))
            .Select(run => jobs[run.Array!.Value].Id)
            .Distinct()
            .ToList();
        // What is in doubt has to be looked at once more, too.
        var unsent =
            open.Exists(run => Dispatching.IsUnsent(index, run)) || Dispatching.DoubtOf(index, experiment) is not null;
        if (underway.Count == 0 && !unsent)
            return null;
        // The queue knows best what is alive: on a job that is over, the next one would wake at once, again and again.
        var alive = await AliveAsync(underway);
        if (alive.Count == 0 && !unsent)
            return null;
        if (open.Select(submitted.StageWanted).OfType<Experiments.Stage>().FirstOrDefault() is not { } stage)
            return null;
        return await new SentinelPost(with, project, site).LeaveAsync(experiment, duty, stage.Resources, alive) switch
        {
            SentinelPost.Outcome.There there => $"The next look is job {there.Job}.",
            SentinelPost.Outcome.NoRoom =>
                "No room for the job that looks next; 'expflow recover' does by hand what it would do.",
            SentinelPost.Outcome.Refused refused => $"Slurm refuses the job that looks next: {refused.Words}",
            _ => null,
        };
    }

    private async Task<IReadOnlyList<SlurmJobId>> AliveAsync(List<SlurmJobId> jobs) =>
        jobs.Count == 0 ? []
        : await site.Client.QueueAsync(new QueueQuery.Jobs(jobs))
            is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows }
            ? [.. rows.Where(row => row.State.IsLive && !row.Reason.NeverEnds).Select(row => row.Job.Id).Distinct()]
        : jobs;
}
