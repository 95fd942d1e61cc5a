using System.Numerics;
using Expflow.Experiments;

namespace Expflow.Retries;

/// <summary>How much memory the next attempt asks for.</summary>
internal static class NextMemory
{
    /// <summary>What was measured is what was held when it ended, not what it would have come to.</summary>
    private const double OverMeasured = 1.3;

    private const long MiB = 1L << 20;

    /// <summary>
    /// In bytes: what was asked for, times the rule's factor, or what was measured with something on top, whichever is more; within the limits, and
    /// never less than before. Null when nothing was asked for and nothing is to be changed.
    /// </summary>
    public static long? For(FailedAttempt attempt, RetryRule rule, RetryLimits limits)
    {
        var asked = attempt.Asked.Memory;
        if (attempt.Cause != "out_of_memory" && rule.MemoryFactor <= 1)
            return asked;
        var byFactor = asked * rule.MemoryFactor ?? 0;
        var byMeasure = attempt.Cause == "out_of_memory" ? attempt.PeakMemory * OverMeasured ?? 0 : 0;
        var wanted = byFactor >= byMeasure ? WholeMebibytes(byFactor) : Coarse(byMeasure);
        if (wanted == 0)
            return asked;
        return Math.Max(asked ?? 0, Math.Min(wanted, limits.Memory ?? long.MaxValue));
    }

    /// <summary>As many CPUs as that much memory takes where the site ties one to the other; never fewer than before.</summary>
    public static int? Cpus(int? asked, long? memory, RetryLimits limits)
    {
        if (memory is not { } bytes || limits.MemoryPerCpu is not { } each)
            return asked;
        var needed = (int)Math.Min(limits.Cpus ?? int.MaxValue, (bytes + each - 1) / each);
        return needed > (asked ?? 1) ? needed : asked;
    }

    private static long WholeMebibytes(double bytes) => (long)Math.Ceiling(bytes / MiB) * MiB;

    // Runs that were measured a little differently shall ask for the same, so that they go out as one array.
    private static long Coarse(double bytes)
    {
        var mebibytes = (long)Math.Ceiling(bytes / MiB);
        var step = Math.Max(1, 1L << Math.Max(0, BitOperations.Log2((ulong)mebibytes) - 3));
        return (mebibytes + step - 1) / step * step * MiB;
    }
}
