using Expflow.Experiments;

namespace Expflow.Advice;

/// <summary>From what the attempts of an experiment took to what its runs should ask for.</summary>
/// <param name="attempts">Every attempt that has ended.</param>
/// <param name="wanted">Every run that the experiment asks for.</param>
public sealed class Adviser(IReadOnlyList<AttemptUse> attempts, IReadOnlyList<WantedSet> wanted)
{
    // Fewer runs can raise a request, never lower one.
    private const int FewestRuns = 3;

    // From here on all cores that were asked for count as busy.
    private const double Busy = 0.9;

    /// <summary>The advice for a stage as the file has it now.</summary>
    public StageAdvice For(Stage stage)
    {
        AttemptUse[] own = [.. attempts.Where(use => use.Stage == stage.Name)];
        WantedSet[] sets = [.. wanted.Where(set => set.Stage == stage.Name)];
        var finished = own.Where(use => use.IsDone).Select(use => use.Run).Distinct().Count();
        var asked = stage.Resources;
        return new()
        {
            Stage = stage,
            Runs = sets.Length,
            Remaining = sets.Count(set => set.Remains),
            Finished = finished,
            Resources =
            [
                Advise(ResourceText.Memory, asked.Memory?.Bytes, Sightings.OfMemory(own), ResourceRule.Memory),
                Cores(asked.Cpus),
                Time(),
            ],
            Gpus = asked.Gpus is { Count: > 0 } ? GpuAdvice.For(stage, own) : null,
        };

        ResourceAdvice Cores(int? cpus) =>
            WithAllBusy(Advise(ResourceText.Cpus, cpus, Sightings.OfCores(own), ResourceRule.Cores));

        ResourceAdvice Time()
        {
            var advice = Advise(
                ResourceText.Walltime,
                asked.Walltime?.Duration.TotalSeconds,
                Sightings.OfTime(own),
                ResourceRule.Time
            );
            var resumed = own.GroupBy(use => use.Run).Count(run => Sightings.IsResumed([.. run]));
            return resumed == 0
                ? advice
                : advice with
                {
                    Next = advice.Asked,
                    Words =
                        $"stays: {AdviceWords.Runs(resumed)} saved and went on in another attempt, so a run need not end within its walltime",
                };
        }

        ResourceAdvice Advise(string key, double? before, List<Sighting> sightings, Func<Evidence, double?> rule) =>
            Of(key, before, sightings, rule, sets, finished);
    }

    private static ResourceAdvice Of(
        string key,
        double? asked,
        List<Sighting> sightings,
        Func<Evidence, double?> rule,
        WantedSet[] sets,
        int finished
    )
    {
        var evidence = Evidence.Of(sightings);
        var driver = DriverOf(sightings, rule, sets);
        var (next, unseen) = Next(rule(evidence), driver, sets.Length > 0);
        // Until one has run, nothing says that less will do for it.
        var stays = unseen.Count > 0 && asked > next;
        var isFew = evidence is { Measured.Count: < FewestRuns, Outgrown: 0 } && asked > next;
        return new()
        {
            Key = key,
            Asked = asked,
            Evidence = evidence,
            Next = stays ? asked : next,
            Driver = driver,
            IsFirm = next is not null && !isFew && (evidence.Measured is not null || evidence.Outgrown > 0),
            Words =
                AdviceWords.Of(key, evidence, driver, finished)
                + (
                    stays
                        ? $"; stays, as no run with {driver!.Parameter} = {string.Join(", ", unseen)} has told anything"
                        : ""
                )
                + (isFew ? "; too few to lower it" : ""),
        };
    }

    private static DriverAdvice? DriverOf(List<Sighting> sightings, Func<Evidence, double?> rule, WantedSet[] sets)
    {
        if (DriverSearch.Find(sightings) is not { } driver)
            return null;
        var seen = sightings.ToLookup(one => driver.Groups.Of(one.Parameters));
        var asked = sets.ToLookup(set => driver.Groups.Of(set.Parameters));
        var values = driver
            .Groups.Sorted(sightings.Select(one => one.Parameters).Concat(sets.Select(set => set.Parameters)))
            .Select(group =>
            {
                var evidence = Evidence.Of([.. seen[group.Key]]);
                var runs = asked[group.Key];
                return new ValueAdvice(
                    group.Key,
                    runs.Count(),
                    runs.Count(set => set.Remains),
                    evidence,
                    rule(evidence)
                );
            });
        return new(driver.Parameter, driver.Share, driver.Also, [.. values]);
    }

    // A file has one request for all runs of a stage: that of the value that takes the most.
    private static (double? Next, IReadOnlyList<string> Unseen) Next(
        double? pooled,
        DriverAdvice? driver,
        bool isWanted
    )
    {
        if (driver is null)
            return (pooled, []);
        var ahead = driver.Values.Where(value => value.Remaining > 0 || !isWanted).ToList();
        var most = (ahead.Count > 0 ? ahead : driver.Values).Max(value => value.Next);
        return (most ?? pooled, [.. ahead.Where(value => value.Next is null).Select(value => value.Value)]);
    }

    private static ResourceAdvice WithAllBusy(ResourceAdvice cores)
    {
        if (cores is not { Asked: { } asked, Next: { } next, Evidence.Measured: { P95: var used } })
            return cores;
        // Where cores are not enforced, a run can take more than it asked for.
        if (used > asked * (2 - Busy) || used < asked * Busy)
            return next > asked && used <= asked ? cores with { Next = asked } : cores;
        return cores with
        {
            Next = asked,
            Words = $"{cores.Words}; stays: all are busy, and whether more would help nobody has tried",
        };
    }
}
