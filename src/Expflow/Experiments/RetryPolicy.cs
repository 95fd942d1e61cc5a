namespace Expflow.Experiments;

/// <summary>Which endings are tried again, and with what changed. Null: the file doesn't say.</summary>
public sealed record RetryPolicy
{
    /// <summary>Nothing is said, so nothing is tried again by itself.</summary>
    public static readonly RetryPolicy Never = new();

    /// <summary>What <c>expflow recover</c> goes by where a file says nothing: nothing that would only end the same way again.</summary>
    public static readonly RetryPolicy Recovering = new()
    {
        OutOfMemory = new(2, MemoryFactor: 2),
        TimedOut = new(2, WalltimeFactor: 1.5) { OnlyIfSaved = true },
        NodeFailed = new(3),
        Preempted = new(3),
    };

    /// <summary>More memory was used than asked for.</summary>
    public RetryRule? OutOfMemory { get; init; }

    /// <summary>More memory of a GPU was needed than there was.</summary>
    public RetryRule? GpuOutOfMemory { get; init; }

    /// <summary>The walltime was reached.</summary>
    public RetryRule? TimedOut { get; init; }

    /// <summary>The node or the agent died, the GPU did not work, or Slurm could not start the job.</summary>
    public RetryRule? NodeFailed { get; init; }

    /// <summary>Slurm took the resources for somebody else.</summary>
    public RetryRule? Preempted { get; init; }

    /// <summary>The command failed by itself: a code other than 0, a signal, missing outputs, no progress.</summary>
    public RetryRule? Failed { get; init; }

    /// <summary>The key of <c>retry</c> that a diagnosis's cause belongs to; null when no further try can help.</summary>
    public static string? KeyOf(string cause) =>
        cause switch
        {
            "out_of_memory" or "gpu_out_of_memory" or "timed_out" or "preempted" => cause,
            "node_failed" or "lost" or "requeued" or "stopped" or "gpu_failed" or "never_started" => "node_failed",
            "failed" or "signalled" or "missing_outputs" or "hung" => "failed",
            _ => null,
        };

    /// <summary>The rule for a diagnosis's cause; null when there is none.</summary>
    public RetryRule? For(string cause) =>
        KeyOf(cause) switch
        {
            "out_of_memory" => OutOfMemory,
            "gpu_out_of_memory" => GpuOutOfMemory,
            "timed_out" => TimedOut,
            "node_failed" => NodeFailed,
            "preempted" => Preempted,
            "failed" => Failed,
            _ => null,
        };

    /// <summary>This policy, with <paramref name="other"/> for what it doesn't speak of.</summary>
    public RetryPolicy Or(RetryPolicy other) =>
        new()
        {
            OutOfMemory = OutOfMemory ?? other.OutOfMemory,
            GpuOutOfMemory = GpuOutOfMemory ?? other.GpuOutOfMemory,
            TimedOut = TimedOut ?? other.TimedOut,
            NodeFailed = NodeFailed ?? other.NodeFailed,
            Preempted = Preempted ?? other.Preempted,
            Failed = Failed ?? other.Failed,
        };
}

/// <summary>How often a cause is tried again, and what grows each time.</summary>
/// <param name="Times">Further attempts: 0 to 100; 0 says that it is never tried again.</param>
/// <param name="MemoryFactor">Memory of the next attempt over the last one's; 1 to 16.</param>
/// <param name="WalltimeFactor">Walltime of the next attempt over the last one's; 1 to 16.</param>
public sealed record RetryRule(int Times, double MemoryFactor = 1, double WalltimeFactor = 1)
{
    /// <summary>True when it is tried again only if the last attempt has left a checkpoint to go on from.</summary>
    public bool OnlyIfSaved { get; init; }
}
