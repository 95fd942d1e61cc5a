using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>Tells whether the kernel killed a command since its job had no memory left, while the agent beside it lived on.</summary>
/// <param name="facts">The control group that agent and command are in.</param>
/// <param name="asked">The job's memory, in bytes; null when nobody knows.</param>
public sealed class KilledForMemory(MachineFacts facts, long? asked)
{
    private const int Killed = 9;

    // Sampling misses the last moment before the kernel steps in.
    private const double NearlyAll = 0.95;

    private long? before = facts.KillsForMemory;

    /// <summary>Whether the control group is that of several commands at once: then a kill is put down to the command that was killed.</summary>
    public bool IsShared { get; init; }

    /// <summary>The cause when it was so; null otherwise.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">How its command ended.</param>
    public StopCause.Memory? CauseOf(ActiveAttempt attempt, ProcessEnd end)
    {
        // A program that went on without its killed part, and well, is not held up for that.
        if (attempt.Cause is not null || end.ExitCode is 0 or Contract.ExitCodes.Resume)
            return null;
        var peak = Math.Max(attempt.PeakMemory, end.PeakMemory);
        var bySignal = end.Signal == Killed || end.ExitCode == 128 + Killed;
        if (IsShared)
            return bySignal && IsNewKill() ? new(attempt.Order.Memory, peak) : null;
        return facts.KillsForMemory > before || (bySignal && peak >= asked * NearlyAll) ? new(asked, peak) : null;
    }

    // Each kill is somebody's, once.
    private bool IsNewKill()
    {
        lock (facts)
        {
            var now = facts.KillsForMemory;
            var isNew = now > before;
            before = now;
            return isNew;
        }
    }
}
