using Expflow.Experiments;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary>Sees to it that an experiment has a sentinel: one job, never two.</summary>
internal sealed class SentinelPost(Composition with, ProjectFolder project, SlurmSite site)
{
    /// <summary>Leaves a sentinel behind.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="duty">What it does.</param>
    /// <param name="like">Where it runs.</param>
    /// <param name="after">The jobs of which it wakes when one has ended.</param>
    /// <returns>What came of it.</returns>
    public async Task<Outcome> LeaveAsync(
        string experiment,
        SentinelDuty duty,
        Resources like,
        IReadOnlyList<SlurmJobId> after
    )
    {
        // The one that does this itself is about to end.
        var own = with.Environment("SLURM_JOB_ID");
        var found = await site.Client.QueueAsync(new QueueQuery.Named(SentinelScript.NameOf(experiment)));
        if (found is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows })
            if (rows.FirstOrDefault(row => row.State.IsLive && row.Job.Id.ToString() != own) is { } there)
            {
                // One that only waits for its time would come minutes after what it could be woken by.
                if (after.Count == 0 || there.Reason.Word != "BeginTime")
                    return new Outcome.There(there.Job.Id);
                await site.Client.CancelAsync([new JobReference.Whole(there.Job.Id)]);
            }
        Directory.CreateDirectory(Path.Combine(project.State, "jobs"));
        var script = new SentinelScript(SlurmSite.ProgramIn(project), project);
        return await site.Client.SubmitAsync(script.RequestOf(experiment, duty, like, after)) switch
        {
            SlurmAnswer<SlurmJob>.Answered { Value: var job } => new Outcome.There(job.Id),
            SlurmAnswer<SlurmJob>.Refused { Kind: RefusalKind.SubmitLimit or RefusalKind.QueueFull } refused =>
                new Outcome.NoRoom(refused.Words),
            SlurmAnswer<SlurmJob>.Refused refused => new Outcome.Refused(refused.Words),
            // Should it have worked after all, the next one finds it by its name.
            _ => new Outcome.Refused("Slurm gave no answer"),
        };
    }

    /// <summary>Takes the sentinel of an experiment away.</summary>
    public async Task RemoveAsync(string experiment)
    {
        var found = await site.Client.QueueAsync(new QueueQuery.Named(SentinelScript.NameOf(experiment)));
        if (found is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: { Count: > 0 } rows })
            await site.Client.CancelAsync([.. rows.Select(row => new JobReference.Whole(row.Job.Id))]);
    }

    /// <summary>Whether there is a sentinel now.</summary>
    public abstract record Outcome
    {
        private Outcome() { }

        /// <summary>There is.</summary>
        public sealed record There(SlurmJobId Job) : Outcome;

        /// <summary>The user has as many jobs in the queue as may be.</summary>
        public sealed record NoRoom(string Words) : Outcome;

        /// <summary>Slurm doesn't take it.</summary>
        public sealed record Refused(string Words) : Outcome;
    }
}
