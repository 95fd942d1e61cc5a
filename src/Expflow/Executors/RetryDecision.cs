using Expflow.Journal;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Executors;

/// <summary>Whether a failed attempt is tried again, and with what changed: the policy of the file, applied to a diagnosis.</summary>
internal static class RetryDecision
{
    /// <summary>The order to run it again; null when it stays failed.</summary>
    /// <param name="order">The run, with what it asked for this time.</param>
    /// <param name="history">Its history, the end included.</param>
    /// <param name="machine">What can be given at most.</param>
    /// <param name="at">Now.</param>
    public static JournalEvent.Requeued? For(
        RunOrder order,
        RunHistory history,
        LocalMachine machine,
        DateTimeOffset at
    )
    {
        if (history.Ended is not { Outcome: AttemptOutcome.Failed, Cause: { } cause } ended)
            return null;
        var tries = history.Requeued?.Tries ?? 0;
        if (order.Stage.Retry.For(cause) is not { } rule || tries >= rule.Times)
            return null;
        var memory = Grown(order.Memory, rule.MemoryFactor, machine.Memory);
        // More of what the machine doesn't have would end the same way.
        if (cause == "out_of_memory" && memory == order.Memory)
            return null;
        var walltime = order.Walltime * rule.WalltimeFactor;
        return new()
        {
            At = at,
            Run = order.Run.Id,
            Turn = history.Turn + 1,
            After = ended.Attempt,
            Tries = tries + 1,
            Memory = memory,
            Walltime = walltime?.TotalSeconds,
            Reason = $"try {tries + 2} of {rule.Times + 1} after: {ended.Reason}{Changes(order, memory, walltime)}",
        };
    }

    private static long? Grown(long? memory, double factor, long most) =>
        memory is { } asked ? Math.Max(asked, Math.Min((long)(asked * factor), most)) : null;

    private static string Changes(RunOrder order, long? memory, TimeSpan? walltime)
    {
        var changes = "";
        if (memory is { } bytes && memory != order.Memory)
            changes += $", with {MemorySize.FromBytes(bytes)} of memory";
        if (walltime is { } limit && walltime != order.Walltime)
            changes += $", with a walltime of {Walltime.From(limit)}";
        return changes;
    }
}
