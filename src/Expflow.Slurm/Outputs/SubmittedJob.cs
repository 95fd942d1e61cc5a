namespace Expflow.Slurm;

/// <summary>The output of <c>sbatch --parsable</c>.</summary>
internal static class SubmittedJob
{
    /// <summary>The last line that is a job: sites' wrappers print their own lines around it.</summary>
    internal static SlurmAnswer<SlurmJob> Read(string output)
    {
        foreach (var line in output.Split('\n').Reverse())
            if (SlurmJob.TryParse(line, out var job))
                return new SlurmAnswer<SlurmJob>.Answered(job.Value);
        return new SlurmAnswer<SlurmJob>.Unanswered(
            TimeSpan.Zero,
            $"sbatch ended well but named no job: '{output.Trim()}'"
        );
    }
}
