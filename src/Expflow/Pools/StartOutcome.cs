using Expflow.Slurm;

namespace Expflow.Pools;

/// <summary>What came of asking Slurm for allocations.</summary>
public abstract record StartOutcome
{
    private StartOutcome() { }

    /// <summary>Slurm has them.</summary>
    /// <param name="Start">The start, as it stands on disk.</param>
    /// <param name="Job">The array whose tasks they are.</param>
    /// <param name="Held">Why they could not be released yet, in words; null when they may start. The next command releases them.</param>
    public sealed record Started(PoolStart Start, SlurmJob Job, string? Held) : StartOutcome;

    /// <summary>Slurm refused.</summary>
    /// <param name="Words">Its own words.</param>
    /// <param name="Kind">What they mean.</param>
    public sealed record Refused(string Words, RefusalKind Kind) : StartOutcome;

    /// <summary>Slurm gave no answer, and doesn't know the job; should it turn up late, it is held, and the next command takes it back.</summary>
    /// <param name="Words">What is known.</param>
    public sealed record Unanswered(string Words) : StartOutcome;
}
