namespace Expflow.Advice;

/// <summary>From evidence to the next request of one resource.</summary>
/// <remarks>
/// A twentieth of runs may take more than the 95th percentile, and the next runs may take more than any before: hence a quarter on top, and
/// never less than the most that was seen, with what the agent beside the command takes.
/// </remarks>
public static class ResourceRule
{
    /// <summary>What stands over the 95th percentile.</summary>
    public const double Headroom = 1.25;

    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    // On Slurm the agent counts into the job's memory: some 45 MiB.
    private const long Beside = 64 * MiB;
    private const long LeastMemory = 300 * MiB;
    private const long FineMemory = 4 * GiB;

    // What recovery gives to the next try of a run that died of it.
    private const double MemoryOverOutgrown = 2;
    private const double TimeOverOutgrown = 1.5;

    // A command is warned this long before its time limit.
    private const double ShortestWarning = 60;
    private const double LongestWarning = 300;
    private const double ShortestTime = 300;

    // Time in which a program reads its data keeps a second core busy for a moment: no reason to ask for it.
    private const double CoreLeftOut = 0.25;

    /// <summary>How memory is rounded, as screens say it.</summary>
    public const string MemoryRounding = "up to whole 100M, from 4G on to whole G";

    /// <summary>How time is rounded.</summary>
    public const string TimeRounding =
        "up to whole 5 minutes, from 1 h on to quarter hours, from 12 h on to whole hours";

    /// <summary>How cores are rounded.</summary>
    public const string CoreRounding = "up to whole cores, but for a quarter of one";

    /// <summary>Memory in bytes: at least 300M; null when nothing is known.</summary>
    public static double? Memory(Evidence evidence) =>
        Wanted(evidence, most => most + Beside, MemoryOverOutgrown) is not { } wanted ? null
        : Math.Max(wanted, LeastMemory) is var bytes && bytes <= FineMemory
            ? Math.Min(Whole(bytes, 100 * MiB), FineMemory)
        : Whole(bytes, GiB);

    /// <summary>Walltime in seconds: at least five minutes; null when nothing is known.</summary>
    public static double? Time(Evidence evidence) =>
        Wanted(evidence, most => most + Warning(most), TimeOverOutgrown) is not { } wanted ? null
        : Math.Max(wanted, ShortestTime) is var seconds && seconds <= 3600 ? Whole(seconds, 300)
        : Whole(seconds, seconds <= 43_200 ? 900 : 3600);

    /// <summary>CPU cores; at least 1; null when nothing is known.</summary>
    public static double? Cores(Evidence evidence) =>
        Wanted(evidence, most => most, 1) is { } wanted ? Math.Max(1, Math.Ceiling(Tidy(wanted - CoreLeftOut))) : null;

    private static double? Wanted(Evidence evidence, Func<double, double> overMost, double overOutgrown)
    {
        var wanted = evidence.Measured?.P95 * Headroom ?? 0;
        // What an attempt took that ended early says nothing of what a whole run takes, when no run has ended well.
        if (evidence.Measured is not null && evidence.Most is { } most)
            wanted = Math.Max(wanted, overMost(most));
        wanted = Math.Max(wanted, evidence.OutgrownAt * overOutgrown ?? 0);
        return wanted > 0 ? wanted : null;
    }

    private static double Warning(double most) => Math.Clamp(most / 9, ShortestWarning, LongestWarning);

    private static double Whole(double value, double step) => Math.Ceiling(Tidy(value / step)) * step;

    // 3.2 × 1.25 is 4, whatever the last binary digit says.
    private static double Tidy(double value) => Math.Round(value, 9);
}
