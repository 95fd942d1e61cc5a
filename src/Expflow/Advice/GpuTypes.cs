namespace Expflow.Advice;

/// <summary>Runs of a stage on one type of GPU.</summary>
/// <param name="Type">The type, as the driver names it.</param>
/// <param name="Runs">How many were done on it.</param>
/// <param name="Seconds">The median of their times.</param>
/// <param name="GpuHours">GPU-hours of a run, on average.</param>
/// <param name="Use">How busy it was, in percent; null when nobody looked.</param>
/// <param name="Relative">Time on it over time on the fastest, of runs that can be compared; null when none can.</param>
public sealed record GpuTypeUse(string Type, int Runs, double Seconds, double GpuHours, double? Use, double? Relative);

/// <summary>Holds types of GPUs against each other, of runs that have the same value of whatever their time goes with.</summary>
internal static class GpuTypes
{
    private sealed record Run(string Type, string Like, double Seconds);

    public static IReadOnlyList<GpuTypeUse> Compare(IReadOnlyList<AttemptUse> done)
    {
        var known = done.Where(use => use.Machine.GpuType is not null && use.Elapsed is > 0).ToList();
        var driver = DriverSearch.Find([
            .. known.Select(use => new Sighting(use.Parameters, use.Elapsed!.Value, SightingKind.Finished)),
        ]);
        var runs = known
            .Select(use => new Run(use.Machine.GpuType!, driver?.Groups.Of(use.Parameters) ?? "", use.Elapsed!.Value))
            .ToList();
        var types = known.GroupBy(use => use.Machine.GpuType!).ToList();
        var relative = types.ToDictionary(type => type.Key, type => Against(types[0].Key, type.Key, runs));
        var fastest = relative.Values.Count(value => value is not null) > 1 ? relative.Values.Min() : null;
        return
        [
            .. types
                .Select(type => new GpuTypeUse(
                    type.Key,
                    type.Count(),
                    Measured.Of(type.Select(use => use.Elapsed!.Value))!.Median,
                    type.Average(use => use.Elapsed!.Value * Math.Max(1, use.Gpus)) / 3600,
                    type.Average(use => use.GpuUse),
                    relative[type.Key] / fastest
                ))
                .OrderBy(type => type.Relative ?? double.MaxValue)
                .ThenBy(type => type.Type, StringComparer.Ordinal),
        ];
    }

    // The geometric mean over the groups that both types have; of each the ratio of the medians.
    private static double? Against(string one, string other, List<Run> runs)
    {
        var ratios = runs.GroupBy(run => run.Like)
            .Select(group => (One: MedianOf(group, one), Other: MedianOf(group, other)))
            .Where(pair => pair is { One: not null, Other: not null })
            .Select(pair => Math.Log(pair.Other!.Value / pair.One!.Value))
            .ToList();
        return ratios.Count == 0 ? null : Math.Exp(ratios.Average());
    }

    private static double? MedianOf(IEnumerable<Run> group, string type) =>
        Measured.Of(group.Where(run => run.Type == type).Select(run => run.Seconds))?.Median;
}
