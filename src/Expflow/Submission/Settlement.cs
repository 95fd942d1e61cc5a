using Expflow.Journal;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>
/// Puts an array in order that a killed command left behind. What the journal has as submitted may start; what it only has as intended was never committed,
/// so its job, which is held, is taken back. The caller holds the lock under which arrays are sent, so nobody is at work on it.
/// </summary>
/// <param name="slurm">Slurm.</param>
/// <param name="journal">The caller's journal file.</param>
/// <param name="time">The clock.</param>
public sealed class Settlement(SlurmClient slurm, JournalWriter journal, TimeProvider time)
{
    /// <summary>sbatch's own limit is two minutes; a call that was under way when its caller died can't arrive later than this.</summary>
    public static readonly TimeSpan LateAtMost = TimeSpan.FromMinutes(3);

    /// <summary>Settles one array.</summary>
    /// <returns>What stands in the way, in a sentence; null when it is settled, or must wait without harm.</returns>
    public async Task<string?> SettleAsync(ArrayHistory array)
    {
        if (array.Intended is not { } intended)
            return null;
        if (array.Submitted is { } submitted)
            return await ReleaseAsync(submitted);
        var found = await slurm.QueueAsync(new QueueQuery.Named(intended.JobName));
        if (found is not SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows })
            return $"Slurm doesn't say whether it has the job '{intended.JobName}', which an earlier command was about to submit. Nothing was submitted; try again when 'squeue' answers.";
        if (rows.Count > 0)
        {
            await slurm.CancelAsync([.. rows.Select(row => new JobReference.Whole(row.Job.Id)).Distinct()]);
            Drop(intended, "its command was killed before the submission was whole; the held job was cancelled");
        }
        else if (time.GetUtcNow() - intended.At > LateAtMost)
            Drop(intended, "its command was killed before Slurm had it");
        return null;
    }

    private async Task<string?> ReleaseAsync(JournalEvent.ArraySubmitted submitted)
    {
        if (!SlurmJob.TryParse(submitted.Job, out var job))
            return null;
        if (await slurm.ReleaseAsync([job.Value.Id]) is not SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered)
            return null;
        journal.Append(new JournalEvent.ArrayReleased { At = time.GetUtcNow(), Array = submitted.Array });
        return null;
    }

    private void Drop(JournalEvent.ArrayIntended intended, string reason) =>
        journal.Append(
            new JournalEvent.ArrayDropped
            {
                At = time.GetUtcNow(),
                Array = intended.Array,
                Reason = reason,
            }
        );
}
