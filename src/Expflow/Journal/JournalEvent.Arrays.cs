using Expflow.Runs;

namespace Expflow.Journal;

/// <content>What happens to job arrays: the runs that go out to Slurm with one <c>sbatch</c>.</content>
public abstract partial record JournalEvent
{
    /// <summary>An array stands on disk and its <c>sbatch</c> is about to be called. Whether it worked, the next event says; without one, nobody knows yet.</summary>
    public sealed record ArrayIntended : JournalEvent
    {
        /// <summary>The array; its file is the one of this name.</summary>
        public required ArrayId Array { get; init; }

        /// <summary>The submission whose runs it carries out.</summary>
        public required SubmissionId Submission { get; init; }

        /// <summary>The experiment's name.</summary>
        public required string Experiment { get; init; }

        /// <summary>The stage.</summary>
        public required string Stage { get; init; }

        /// <summary>How many tasks it has.</summary>
        public required int Tasks { get; init; }

        /// <summary>The Slurm job's name, by which the job is found when the answer of <c>sbatch</c> was lost.</summary>
        public required string JobName { get; init; }
    }

    /// <summary>Slurm has taken the array, as a job that is held.</summary>
    public sealed record ArraySubmitted : JournalEvent
    {
        /// <summary>The array.</summary>
        public required ArrayId Array { get; init; }

        /// <summary>The job, as <c>sbatch --parsable</c> says it: <c>123</c> or <c>123;cluster</c>.</summary>
        public required string Job { get; init; }

        /// <summary>What it waits for, as <c>sbatch --dependency</c> has it; null when it waits for nothing.</summary>
        public string? Dependency { get; init; }
    }

    /// <summary>The whole submission has been taken, and the array may start.</summary>
    public sealed record ArrayReleased : JournalEvent
    {
        /// <summary>The array.</summary>
        public required ArrayId Array { get; init; }
    }

    /// <summary>The array never went out, or was taken back before it began: its runs are free again.</summary>
    public sealed record ArrayDropped : JournalEvent
    {
        /// <summary>The array.</summary>
        public required ArrayId Array { get; init; }

        /// <summary>Why.</summary>
        public required string Reason { get; init; }
    }
}
