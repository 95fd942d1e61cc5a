using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Witnesses;

/// <summary>A job array that Slurm has taken.</summary>
/// <param name="Id">The array.</param>
/// <param name="Job">What Slurm made of it.</param>
/// <param name="Name">The job's name.</param>
/// <param name="SubmittedAt">When Slurm took it, by the submitter's clock.</param>
/// <param name="IsReleased">Whether its submission was let go; until then Expflow itself holds it.</param>
public sealed record LiveArray(ArrayId Id, SlurmJob Job, string Name, DateTimeOffset SubmittedAt, bool IsReleased)
{
    // The clocks of login node and controller.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromHours(1);

    /// <summary>The array that a history is of; null as long as nobody knows of a job, and for one that was taken back.</summary>
    public static LiveArray? Of(ArrayHistory history) =>
        history is { Intended: { } intended, Submitted: { } submitted, Dropped: null }
        && SlurmJob.TryParse(submitted.Job, out var job)
            ? new(intended.Array, job.Value, intended.JobName, submitted.At, history.Released is not null)
            : null;

    /// <summary>Whether a job of this id is this array's: ids come again, names with an array's id in them don't.</summary>
    /// <param name="name">The job's name as Slurm has it; empty where it wasn't told.</param>
    /// <param name="comment">Its comment.</param>
    /// <param name="submitted">When it was submitted, or last put back into the queue.</param>
    public bool IsOurs(string name, string? comment, DateTimeOffset? submitted)
    {
        var id = Id.ToString();
        if (name.EndsWith(id, StringComparison.Ordinal) || comment?.Contains(id, StringComparison.Ordinal) == true)
            return true;
        return name.Length == 0 && comment is null && !(submitted < SubmittedAt - ClocksApart);
    }
}
