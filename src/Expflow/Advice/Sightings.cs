namespace Expflow.Advice;

/// <summary>From a stage's attempts to what they tell about each resource.</summary>
internal static class Sightings
{
    /// <summary>Memory in bytes.</summary>
    public static List<Sighting> OfMemory(IEnumerable<AttemptUse> attempts) =>
        Of(attempts, "out_of_memory", use => use.PeakMemory, use => Larger(use.PeakMemory, use.Asked.Memory?.Bytes));

    /// <summary>Time in seconds, of runs that were done in one go: one that saved and went on never tells how long the whole takes.</summary>
    public static List<Sighting> OfTime(IEnumerable<AttemptUse> attempts) =>
        Of(
            attempts
                .GroupBy(use => use.Run)
                .Where(run => !IsResumed([.. run]))
                .SelectMany(run => run)
                // Who cancels a run may do so since it hung.
                .Where(use => use.Cause is not ("cancelled" or "cancelled_by_admin")),
            "timed_out",
            use => use.Elapsed,
            use => Larger(use.Elapsed, use.Asked.Walltime?.Duration.TotalSeconds)
        );

    /// <summary>CPU cores, busy on average.</summary>
    public static List<Sighting> OfCores(IEnumerable<AttemptUse> attempts) =>
        [
            .. attempts
                .Where(use => use is { IsDone: true, CoresUsed: not null })
                .Select(use => new Sighting(use.Parameters, use.CoresUsed!.Value, SightingKind.Finished)),
        ];

    /// <summary>True when a run's last attempt went on from where an earlier one had saved.</summary>
    public static bool IsResumed(IReadOnlyList<AttemptUse> run) =>
        run.Any(use => use.GoesOn)
        // Done in less time than it had timed out with: it can't have begun from the start.
        || (
            run.FirstOrDefault(use => use.IsDone)?.Elapsed is { } done
            && run.Any(use => use.Cause == "timed_out" && use.Elapsed > done)
        );

    private static List<Sighting> Of(
        IEnumerable<AttemptUse> attempts,
        string want,
        Func<AttemptUse, double?> taken,
        Func<AttemptUse, double?> had
    )
    {
        var sightings = new List<Sighting>();
        foreach (var run in attempts.GroupBy(use => use.Run))
        {
            var done = run.Where(use => use.IsDone).Select(taken).LastOrDefault(value => value is not null);
            var isDone = run.Any(use => use.IsDone);
            foreach (var use in run.Where(use => use.Cause != want || use.IsDone))
                if (taken(use) is { } value)
                    sightings.Add(
                        new(use.Parameters, value, use.IsDone ? SightingKind.Finished : SightingKind.Partial)
                    );
            var wants = run.Where(use => use.Cause == want && !use.IsDone).ToList();
            if (wants.Select(had).Max() is { } limit && !(isDone && done >= limit))
                sightings.Add(
                    // A run that was done with less since still held this much once.
                    new(
                        wants[0].Parameters,
                        limit,
                        isDone && done is not null ? SightingKind.Partial : SightingKind.Outgrown
                    )
                );
        }
        return sightings;
    }

    private static double? Larger(double? a, double? b) =>
        a is null ? b
        : b is null ? a
        : Math.Max(a.Value, b.Value);
}
