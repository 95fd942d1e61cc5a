using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>What only Slurm is told: the key <c>slurm</c>. No part of a run's identity.</summary>
public sealed record SlurmSettings
{
    /// <summary>Nothing said.</summary>
    public static readonly SlurmSettings Open = new();

    // The share of a walltime, and the bounds, of a warning that the user leaves open: enough to write a checkpoint, little of the time paid for.
    private const double Share = 0.1;
    private static readonly TimeSpan ShortestLead = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLead = TimeSpan.FromMinutes(5);

    /// <summary>At most so many tasks of one array run at once, 1 or more; null for as many as Slurm starts.</summary>
    public int? Throttle { get; init; }

    /// <summary>How long before its limit a command gets SIGTERM, as the file says; null leaves it to <see cref="LeadBefore"/>.</summary>
    public Walltime? Warn { get; init; }

    /// <summary>Whether Slurm may start a run again under the same job id, as the file says; null leaves it to <see cref="Stage.MayRequeue"/>.</summary>
    public bool? Requeue { get; init; }

    /// <summary>Further <c>#SBATCH</c> lines, one option each, as written after <c>#SBATCH </c>: <c>--exclusive</c>. None that Expflow sets itself.</summary>
    public IReadOnlyList<string> Directives { get; init; } = [];

    /// <summary>Generic resources beside GPUs: <c>lscratch:200</c>. To be joined with the GPUs into one <c>--gres</c>.</summary>
    public IReadOnlyList<string> Gres { get; init; } = [];

    /// <summary>Nodes to avoid, by name or as Slurm's lists: <c>node[1-3]</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>How long before a limit the command is warned: what the file says, otherwise a tenth of the limit, between 1 and 5 minutes, but never more than half of it.</summary>
    /// <param name="limit">The walltime of the attempt; null when only the site knows it.</param>
    public TimeSpan LeadBefore(Walltime? limit)
    {
        if (limit is not { Duration: var duration })
            return Warn?.Duration ?? ShortestLead;
        // A recovery may have given the attempt another limit than the file's.
        if (Warn is { Duration: var lead } && lead < duration)
            return lead;
        var share = TimeSpan.FromTicks(
            Math.Clamp((long)(duration.Ticks * Share), ShortestLead.Ticks, LongestLead.Ticks)
        );
        return TimeSpan.FromSeconds(Math.Floor((share < duration / 2 ? share : duration / 2).TotalSeconds));
    }
}
