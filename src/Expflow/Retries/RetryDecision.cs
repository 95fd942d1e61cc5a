using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Retries;

/// <summary>Whether a failed attempt is tried again, and with what changed: a policy, applied to a diagnosis within what the place can give.</summary>
public static class RetryDecision
{
    /// <summary>What becomes of the attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="policy">The policy of its stage.</param>
    /// <param name="limits">The most that can be asked for.</param>
    public static RetryAnswer For(FailedAttempt attempt, RetryPolicy policy, RetryLimits limits)
    {
        if (policy.For(attempt.Cause) is not { } rule)
            return new RetryAnswer.Left(LeftWords.NoRule(attempt.Cause));
        if (rule.Times == 0)
            return new RetryAnswer.Left($"'retry' says that {attempt.Cause} is never tried again");
        if (attempt.Tries >= rule.Times)
            return new RetryAnswer.Left(LeftWords.UsedUp(attempt.Cause, attempt.Tries, rule.Times));
        if (attempt.Cause == "out_of_memory" && WhyNoMoreMemory(attempt, rule, limits) is { } noMemory)
            return new RetryAnswer.Left(noMemory);
        if (attempt.Cause == "timed_out" && WhyNoMoreTime(attempt, rule, limits) is { } noTime)
            return new RetryAnswer.Left(noTime);
        var next = Next(attempt, rule, limits);
        var tries = attempt.Tries + 1;
        return new RetryAnswer.Again(
            next,
            tries,
            $"try {tries + 1} of {rule.Times + 1} after: {attempt.Reason}{Changes(attempt.Asked, next)}"
        );
    }

    private static RetryResources Next(FailedAttempt attempt, RetryRule rule, RetryLimits limits)
    {
        var memory = NextMemory.For(attempt, rule, limits);
        return new()
        {
            Memory = memory,
            Cpus = NextMemory.Cpus(attempt.Asked.Cpus, memory, limits),
            Walltime = NextWalltime(attempt.Asked.Walltime, rule, limits),
            Exclude = NextExclude(attempt, limits),
        };
    }

    // More of what isn't there would end the same way.
    private static string? WhyNoMoreMemory(FailedAttempt attempt, RetryRule rule, RetryLimits limits)
    {
        if (NextMemory.For(attempt, rule, limits) is not { } next)
            return "it asked for no amount of memory and nobody measured how much it held: say how much in 'memory'";
        if (limits.Memory is { } most && attempt.PeakMemory >= most)
            return $"it held {LeftWords.Size(attempt.PeakMemory)}, and {LeftWords.Size(most)} is the most that it can be given";
        return next > (attempt.Asked.Memory ?? 0) ? null
            : limits.Memory is { } limit
                ? $"it had {LeftWords.Size(attempt.Asked.Memory)}, and {LeftWords.Size(limit)} is the most that it can be given"
            : "'retry' doesn't let its memory grow: give 'memory: x2' with out_of_memory";
    }

    // From a checkpoint the same time is enough; from the start only more time can be.
    private static string? WhyNoMoreTime(FailedAttempt attempt, RetryRule rule, RetryLimits limits)
    {
        if (attempt.HasSaved)
            return null;
        if (rule.OnlyIfSaved)
            return "it saved no checkpoint in EXPFLOW_CHECKPOINTS, so it would begin again from the start: "
                + "'retry: {timed_out: {walltime: x2}}' does so with more time";
        var next = NextWalltime(attempt.Asked.Walltime, rule, limits);
        if (next is null || next > attempt.Asked.Walltime)
            return null;
        return limits.Walltime is { } most && attempt.Asked.Walltime * rule.WalltimeFactor > most
            ? $"it had {Walltime.From(attempt.Asked.Walltime!.Value)}, and {Walltime.From(most)} is the longest that it can be given"
            : "it saved no checkpoint, and 'retry' gives it no more time: give 'walltime: x2' with timed_out";
    }

    private static TimeSpan? NextWalltime(TimeSpan? asked, RetryRule rule, RetryLimits limits)
    {
        if (asked is not { } time)
            return null;
        var wanted = TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds * rule.WalltimeFactor));
        var most = limits.Walltime ?? TimeSpan.MaxValue;
        return wanted <= most ? wanted
            : most > time ? most
            : time;
    }

    // Another node may be whole, or have a larger or an idle GPU. One must be left.
    private static IReadOnlyList<string> NextExclude(FailedAttempt attempt, RetryLimits limits)
    {
        var before = attempt.Asked.Exclude;
        if (attempt.Node is not { } node || before.Contains(node) || !IsOfTheNode(attempt.Cause))
            return before;
        string[] nodes = [.. before.Append(node).Order(StringComparer.Ordinal)];
        return nodes.Length < (limits.Nodes ?? int.MaxValue) ? nodes : before;
    }

    private static bool IsOfTheNode(string cause) =>
        cause is "node_failed" or "gpu_failed" or "gpu_out_of_memory" or "never_started";

    private static string Changes(RetryResources before, RetryResources next)
    {
        var changes = "";
        if (next.Memory is { } bytes && bytes != before.Memory)
            changes += $", with {MemorySize.FromBytes(bytes)} of memory";
        if (next.Cpus is { } cpus && cpus != before.Cpus)
            changes += $", with {cpus} CPUs, which that much memory takes";
        if (next.Walltime is { } limit && limit != before.Walltime)
            changes += $", with a walltime of {Walltime.From(limit)}";
        if (next.Exclude.Count > before.Exclude.Count)
            changes += $", not on {string.Join(", ", next.Exclude)}";
        return changes;
    }
}
