using System.Globalization;
using Expflow.Problems;

namespace Expflow.Witnesses;

/// <summary>How often Slurm's queue is asked.</summary>
public static class QueueInterval
{
    /// <summary>The variable that sets it, in seconds.</summary>
    public const string Variable = "EXPFLOW_SLURM_INTERVAL";

    /// <summary>When nobody says otherwise.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    // A controller that answers slowly has enough to do: at most a twentieth of its time goes to us.
    private const int RestPerAnswer = 20;
    private const int MostDoublings = 6;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>What the user has chosen; the default when nothing or nonsense.</summary>
    public static TimeSpan Of(string? chosen) =>
        double.TryParse(chosen, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : Default;

    /// <summary>What is wrong with the user's choice; null when nothing is.</summary>
    public static Problem? ProblemOf(string? chosen) =>
        string.IsNullOrEmpty(chosen)
        || (
            double.TryParse(chosen, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and <= 86_400
        )
            ? null
            : new Problem($"'{chosen}' in {Variable} is no number of seconds from 0 to 86400. Give one, such as 30.");

    /// <summary>The pause that holds now: longer where answers take long, or don't come.</summary>
    public static TimeSpan Of(TimeSpan chosen, QueueMemory memory)
    {
        var pause = TimeSpan.FromTicks(Math.Max(chosen.Ticks, memory.Took.Ticks * RestPerAnswer));
        if (memory.Failures > 0)
            pause *= 1 << Math.Min(memory.Failures, MostDoublings);
        return pause < Longest ? pause : Longest;
    }
}
