using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>What one look at the queue brought: an answer of now, or what an earlier one said.</summary>
public sealed record QueueLook
{
    /// <summary>The rows of the jobs that were looked for.</summary>
    public required IReadOnlyList<QueuedJob> Rows { get; init; }

    /// <summary>The jobs that this look has no answer for at all, old or new.</summary>
    public required IReadOnlySet<SlurmJobId> Unknown { get; init; }

    /// <summary>The jobs of which the answer is of now: only of these may "not in the queue" be concluded.</summary>
    public required IReadOnlySet<SlurmJobId> Fresh { get; init; }

    /// <summary>When the oldest of the answers was given; null when there is none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why Slurm couldn't be asked, in words; null when it could, or needn't.</summary>
    public string? Trouble { get; init; }

    /// <summary>How many jobs Slurm was asked for now.</summary>
    public int Asked { get; init; }

    /// <summary>A look for nothing.</summary>
    public static QueueLook Nothing { get; } =
        new()
        {
            Rows = [],
            Unknown = new HashSet<SlurmJobId>(),
            Fresh = new HashSet<SlurmJobId>(),
        };
}
