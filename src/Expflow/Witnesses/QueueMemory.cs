using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>What was last heard from Slurm about a project, shared by all of a user's screens.</summary>
public sealed record QueueMemory
{
    /// <summary>Nothing was heard yet.</summary>
    public static QueueMemory Empty { get; } = new();

    /// <summary>What the queue had of each job that was asked for.</summary>
    public IReadOnlyDictionary<SlurmJobId, QueueEntry> Jobs { get; init; } = new Dictionary<SlurmJobId, QueueEntry>();

    /// <summary>How long the last answer took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>How many questions in a row got no answer.</summary>
    public int Failures { get; init; }

    /// <summary>When the last question without an answer was put; null when the last one got one.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>What became of it, in words.</summary>
    public string? Trouble { get; init; }

    /// <summary>The runs that were not in the queue any more, though they have no end.</summary>
    public IReadOnlyDictionary<RunId, LeftTask> Left { get; init; } = new Dictionary<RunId, LeftTask>();

    /// <summary>When the accounting was last asked; null when it wasn't.</summary>
    public DateTimeOffset? AccountingAt { get; init; }

    /// <summary>How often in a row the accounting left something open.</summary>
    public int AccountingFruitless { get; init; }

    /// <summary>What the accounting last couldn't say, in words; null when it could.</summary>
    public string? AccountingTrouble { get; init; }
}

/// <summary>What is known of a task that is not in the queue any more.</summary>
/// <param name="Since">Since when that is known.</param>
/// <param name="Why">Why its end isn't known, in a sentence's fragment; null when it is only to be sent out again.</param>
public sealed record LeftTask(DateTimeOffset Since, string? Why);

/// <summary>What the queue had of one job.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Rows">Its rows; none when the queue doesn't have it any more.</param>
public sealed record QueueEntry(DateTimeOffset At, IReadOnlyList<QueuedJob> Rows);
