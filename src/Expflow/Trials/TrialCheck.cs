using System.Globalization;
using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Trials;

/// <summary>One criterion and whether it held.</summary>
/// <param name="Name">The criterion: <c>no run out of memory</c>.</param>
/// <param name="Held">Null when it could not be measured.</param>
/// <param name="Found">What was measured against it, in words.</param>
public sealed record TrialCheck(string Name, bool? Held, string Found)
{
    /// <summary>Holds a measure against all criteria, in the order in which people ask for them.</summary>
    public static IReadOnlyList<TrialCheck> Of(TrialMeasure measure, TrialSpec spec) =>
        [Failures(measure), Busy(measure, spec), InTime(measure, spec), OnCard(measure, spec)];

    private static TrialCheck Failures(TrialMeasure measure) =>
        new(
            "no run out of memory",
            measure.OutOfMemory == 0 && measure.Failed == 0,
            measure.OutOfMemory > 0 ? $"{measure.OutOfMemory} out of memory"
                : measure.Failed > 0 ? $"{measure.Failed} failed: {measure.Reason}"
                : "none"
        );

    private static TrialCheck Busy(TrialMeasure measure, TrialSpec spec) =>
        new(
            $"GPU busier than {Text(spec.GpuUse)} %",
            measure.GpuUse is { } use ? use > spec.GpuUse : null,
            measure.GpuUse is { } percent ? $"{Text(percent)} %" : "unknown"
        );

    private static TrialCheck InTime(TrialMeasure measure, TrialSpec spec) =>
        new(
            $"each run under {spec.Time}",
            measure.Longest is { } longest ? longest < spec.Time.Duration.TotalSeconds : null,
            measure.Longest is { } seconds ? $"{Walltime.From(TimeSpan.FromSeconds(Math.Ceiling(seconds)))}" : "unknown"
        );

    private static TrialCheck OnCard(TrialMeasure measure, TrialSpec spec)
    {
        var most = spec.GpuMemory?.Bytes ?? measure.GpuTotal;
        return new(
            most is { } bytes ? $"GPU memory below {Text(bytes)}" : "GPU memory within the card",
            measure.GpuMemory is { } used && most is { } limit ? used < limit : null,
            measure.GpuMemory is { } seen ? Text(seen) : "unknown"
        );
    }

    private static string Text(long bytes) => bytes > 0 ? $"{MemorySize.FromBytes(bytes)}" : "0";

    private static string Text(double percent) => percent.ToString("0", CultureInfo.InvariantCulture);
}
