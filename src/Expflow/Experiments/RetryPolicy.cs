namespace Expflow.Experiments;

/// <summary>Which endings are tried again, and with what changed. Null: not tried again by itself.</summary>
public sealed record RetryPolicy
{
    /// <summary>Nothing is tried again.</summary>
    public static readonly RetryPolicy Never = new();

    /// <summary>More memory was used than asked for.</summary>
    public RetryRule? OutOfMemory { get; init; }

    /// <summary>The walltime was reached.</summary>
    public RetryRule? TimedOut { get; init; }

    /// <summary>The machine or the agent died.</summary>
    public RetryRule? NodeFailed { get; init; }

    /// <summary>Slurm took the resources for somebody else.</summary>
    public RetryRule? Preempted { get; init; }

    /// <summary>The command failed by itself: a code other than 0, a signal, missing outputs.</summary>
    public RetryRule? Failed { get; init; }

    /// <summary>The rule for a diagnosis's cause; null when it is not tried again.</summary>
    public RetryRule? For(string cause) =>
        cause switch
        {
            "out_of_memory" => OutOfMemory,
            "timed_out" => TimedOut,
            "node_failed" or "lost" => NodeFailed,
            "preempted" => Preempted,
            "failed" or "signalled" or "missing_outputs" => Failed,
            _ => null,
        };
}

/// <summary>How often a cause is tried again, and what grows each time.</summary>
/// <param name="Times">Further attempts: 1 to 100.</param>
/// <param name="MemoryFactor">Memory of the next attempt over the last one's; 1 to 16.</param>
/// <param name="WalltimeFactor">Walltime of the next attempt over the last one's; 1 to 16.</param>
public sealed record RetryRule(int Times, double MemoryFactor = 1, double WalltimeFactor = 1);
