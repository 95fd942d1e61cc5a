using Expflow.Queues;

namespace Expflow.Executors;

/// <summary>Tells which runs can still end before their allocation does.</summary>
/// <param name="time">The clock.</param>
/// <param name="end">When Slurm ends the job; null when nobody knows.</param>
/// <param name="lead">How long before that everything has to be over.</param>
/// <param name="times">How long runs took that don't say how long they may.</param>
internal sealed class PoolDeadline(TimeProvider time, DateTimeOffset? end, TimeSpan lead, StageTimes times)
{
    // The longest of a few runs is not yet the longest of all.
    private const double Margin = 1.25;

    /// <summary>The time that is left for runs; null when it is without end.</summary>
    public TimeSpan? Left => end - lead - time.GetUtcNow();

    /// <summary>Nothing more can be started, however short.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>Whether a run that starts now is over in time: by its walltime, or else by what its stage was seen to take. The first ones of a stage without either may start.</summary>
    public bool Allows(uint stage, TimeSpan? walltime)
    {
        if (Left is not { } left)
            return true;
        var needed = walltime ?? TimeSpan.FromSeconds((times.Longest(stage) ?? 0) * Margin);
        return left > TimeSpan.Zero && needed <= left;
    }
}
