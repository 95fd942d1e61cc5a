using Expflow.Slurm;

namespace Expflow.Advice;

/// <summary>What the attempts of a stage asked for and what they used. Null: nobody measured it.</summary>
public sealed record StageEfficiency
{
    /// <summary>The stage's name.</summary>
    public required string Stage { get; init; }

    /// <summary>Attempts that have ended.</summary>
    public required int Attempts { get; init; }

    /// <summary>Those that ended well.</summary>
    public required int Done { get; init; }

    /// <summary>Those whose work was lost: they neither ended well nor saved for the next.</summary>
    public required int Lost { get; init; }

    /// <summary>Of how many attempts the time is known.</summary>
    public required int Timed { get; init; }

    /// <summary>CPU time over cores × time, 0 to 1.</summary>
    public double? Cpu { get; init; }

    /// <summary>The cores that were busy on average, over the attempts.</summary>
    public Measured? Cores { get; init; }

    /// <summary>Cores asked for: the least and the most.</summary>
    public required (int Least, int Most) CoresAsked { get; init; }

    /// <summary>Peak memory over memory asked for, the mean over attempts.</summary>
    public double? Memory { get; init; }

    /// <summary>Peak memory in bytes.</summary>
    public Measured? PeakMemory { get; init; }

    /// <summary>Memory asked for, in bytes: the least and the most; null where it was left to the site.</summary>
    public (MemorySize Least, MemorySize Most)? MemoryAsked { get; init; }

    /// <summary>Time over walltime, the mean over attempts that ended well.</summary>
    public double? Time { get; init; }

    /// <summary>Time in seconds of attempts that ended well.</summary>
    public Measured? Elapsed { get; init; }

    /// <summary>Walltime asked for: the least and the most; null where it was left to the site.</summary>
    public (Walltime Least, Walltime Most)? WalltimeAsked { get; init; }

    /// <summary>GPUs asked for, the most.</summary>
    public required int Gpus { get; init; }

    /// <summary>How busy GPUs were, 0 to 1, weighted by time.</summary>
    public double? GpuUse { get; init; }

    /// <summary>Cores × time of all attempts, in hours.</summary>
    public required double CpuHours { get; init; }

    /// <summary>CPU time of all attempts, in hours.</summary>
    public double? CpuHoursUsed { get; init; }

    /// <summary>Cores × time of attempts whose work was lost, in hours.</summary>
    public required double CpuHoursLost { get; init; }

    /// <summary>Cores × walltime of all attempts, in hours: what they might have taken.</summary>
    public double? CpuHoursAsked { get; init; }

    /// <summary>GPUs × time of all attempts, in hours.</summary>
    public required double GpuHours { get; init; }

    /// <summary>GPUs × time of attempts whose work was lost, in hours.</summary>
    public required double GpuHoursLost { get; init; }

    /// <summary>GPU time that was busy, in hours.</summary>
    public double? GpuHoursUsed { get; init; }

    /// <summary>One for each stage, in the order given.</summary>
    public static IReadOnlyList<StageEfficiency> Of(IEnumerable<string> stages, IReadOnlyList<AttemptUse> attempts) =>
        [
            .. stages
                .Select(stage => (stage, Own: attempts.Where(use => use.Stage == stage).ToList()))
                .Where(one => one.Own.Count > 0)
                .Select(one => Of(one.stage, one.Own)),
        ];

    private static StageEfficiency Of(string stage, List<AttemptUse> own)
    {
        var timed = own.Where(use => use.Elapsed is not null).ToList();
        var lost = own.Where(use => !use.IsDone && !use.GoesOn).ToList();
        var done = own.Where(use => use.IsDone).ToList();
        var watched = timed.Where(use => use.CpuSeconds is not null).ToList();
        var looked = timed.Where(use => use is { GpuUse: not null, Gpus: > 0 }).ToList();
        var kept = own.Where(use => use is { PeakMemory: not null, Asked.Memory: not null }).ToList();
        var limited = done.Where(use => use is { Elapsed: not null, Asked.Walltime: not null }).ToList();
        return new()
        {
            Stage = stage,
            Attempts = own.Count,
            Done = done.Count,
            Lost = lost.Count,
            Timed = timed.Count,
            Cpu = Share(watched.Sum(use => use.CpuSeconds), watched.Sum(CoreSeconds)),
            Cores = Measured.Of(own.Select(use => use.CoresUsed).OfType<double>()),
            CoresAsked = (own.Min(use => use.Cores), own.Max(use => use.Cores)),
            Memory = Mean(kept.Select(use => use.PeakMemory!.Value / (double)use.Asked.Memory!.Value.Bytes)),
            PeakMemory = Measured.Of(own.Select(use => (double?)use.PeakMemory).OfType<double>()),
            MemoryAsked = Bounds(own.Select(use => use.Asked.Memory)),
            Time = Mean(limited.Select(use => use.Elapsed!.Value / use.Asked.Walltime!.Value.Duration.TotalSeconds)),
            Elapsed = Measured.Of(done.Select(use => use.Elapsed).OfType<double>()),
            WalltimeAsked = Bounds(own.Select(use => use.Asked.Walltime)),
            Gpus = own.Max(use => use.Gpus),
            GpuUse = Share(looked.Sum(use => use.GpuUse * GpuSeconds(use)) / 100, looked.Sum(GpuSeconds)),
            CpuHours = timed.Sum(CoreSeconds) / 3600,
            CpuHoursUsed = watched.Count == 0 ? null : watched.Sum(use => use.CpuSeconds) / 3600,
            CpuHoursLost = lost.Sum(CoreSeconds) / 3600,
            CpuHoursAsked = own.Exists(use => use.Asked.Walltime is null)
                ? null
                : own.Sum(use => Nodes(use) * use.Cores * use.Asked.Walltime!.Value.Duration.TotalHours),
            GpuHours = timed.Sum(GpuSeconds) / 3600,
            GpuHoursLost = lost.Sum(GpuSeconds) / 3600,
            GpuHoursUsed = looked.Count == 0 ? null : looked.Sum(use => use.GpuUse * GpuSeconds(use)) / 100 / 3600,
        };
    }

    private static int Nodes(AttemptUse use) => use.Asked.Nodes ?? 1;

    private static double CoreSeconds(AttemptUse use) => Nodes(use) * use.Cores * (use.Elapsed ?? 0);

    private static double GpuSeconds(AttemptUse use) => use.Gpus * (use.Elapsed ?? 0);

    private static double? Share(double? part, double whole) => whole > 0 ? part / whole : null;

    private static double? Mean(IEnumerable<double> values) => Measured.Of(values)?.Mean;

    private static (T, T)? Bounds<T>(IEnumerable<T?> values)
        where T : struct
    {
        var known = values.OfType<T>().ToList();
        return known.Count == 0 ? null : (known.Min(), known.Max());
    }
}
