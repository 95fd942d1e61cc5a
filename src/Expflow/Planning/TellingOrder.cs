using Expflow.Parameters;
using Expflow.Sweeps;

namespace Expflow.Planning;

/// <summary>
/// The order in which runs tell most, soonest: one seed of every setting before any second seed, and settings so that every beginning of the order covers the
/// values of each parameter evenly. What 'first' of the sweep names comes before all others. A study that is stopped half-way is then a coarser study, not
/// half of one.
/// </summary>
public static class TellingOrder
{
    /// <summary>The runs in this order. Upstream stages of one setting come before those that need them.</summary>
    public static IReadOnlyList<PlannedRun> Of(RunPlan plan)
    {
        var swept = plan.Experiment.Sweep.Names;
        var seeds = Seeds.Among(swept).ToHashSet(StringComparer.Ordinal);
        var first = plan.Experiment.Sweep.First;
        var places = new List<((bool Later, int Round, int Setting, int Stage) Key, PlannedRun Run)>(plan.Runs.Count);
        var depth = 0;
        foreach (var stage in plan.Runs.GroupBy(run => run.Stage.Name))
        {
            foreach (var (run, round, setting) in Ranked([.. stage], swept, seeds))
                places.Add(((!IsNamed(run, first), round, setting, depth), run));
            depth++;
        }
        // The order among equals is the plan's: this sort keeps it.
        return [.. places.OrderBy(place => place.Key).Select(place => place.Run)];
    }

    private static bool IsNamed(PlannedRun run, IReadOnlyList<ParameterSet> first) =>
        first.Any(point =>
            point.Pairs().All(pair => run.Parameters.TryGet(pair.Key, out var value) && value.Equals(pair.Value))
        );

    private static IEnumerable<(PlannedRun Run, int Round, int Setting)> Ranked(
        PlannedRun[] runs,
        IReadOnlyList<string> swept,
        HashSet<string> seeds
    )
    {
        string[] names = [.. swept.Where(name => !seeds.Contains(name) && runs[0].Parameters.TryGet(name, out _))];
        var settings = new Dictionary<ParameterSet, (int Number, int Runs)>();
        var points = new List<ParameterSet>();
        var of = new (int Setting, int Round)[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            var setting = runs[i].Parameters.Subset(names);
            if (!settings.TryGetValue(setting, out var known))
            {
                known = (points.Count, 0);
                points.Add(setting);
            }
            of[i] = (known.Number, known.Runs);
            settings[setting] = known with { Runs = known.Runs + 1 };
        }
        var rank = EvenOrder.RanksOf(points);
        for (var i = 0; i < runs.Length; i++)
            yield return (runs[i], of[i].Round, rank[of[i].Setting]);
    }
}
