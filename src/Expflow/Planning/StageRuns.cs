using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Runs;

namespace Expflow.Planning;

/// <summary>The runs of one stage, and which of them each point of the sweep belongs to.</summary>
internal sealed class StageRuns
{
    private readonly int[] runOfPoint;
    private readonly HashSet<string> uses;

    private StageRuns(HashSet<string> uses, int[] runOfPoint, PlannedRun[] runs)
    {
        this.uses = uses;
        this.runOfPoint = runOfPoint;
        Runs = runs;
    }

    /// <summary>In the order of the first point of each.</summary>
    public PlannedRun[] Runs { get; }

    public static StageRuns Plan(
        Experiment experiment,
        Stage stage,
        IReadOnlyList<ParameterSet> points,
        IReadOnlyDictionary<string, StageRuns> planned
    )
    {
        var needs = stage.Needs.Select(need => planned[need]).ToArray();
        var uses = UsesOf(stage, needs);
        var swept = experiment.Sweep.Names.Where(uses.Contains).ToArray();
        var groups = PointGroups.Of(points, swept, experiment.Sweep.Names.Count);
        var table = new ParameterTable(experiment, uses);
        var identity = new RunIdentity(experiment.Name, stage);
        var runs = new PlannedRun[groups.First.Count];
        var needed = stage.Per is null ? null : GatheredNeeds(groups, needs);
        for (var run = 0; run < runs.Length; run++)
        {
            var first = groups.First[run];
            var needsOfRun = needed?[run] ?? (needs.Length == 0 ? [] : [.. needs.Select(need => need.RunAt(first).Id)]);
            var parameters = table.At(points[first]);
            runs[run] = new(identity.Of(parameters, needsOfRun), stage, parameters, needsOfRun);
        }
        return new(uses, groups.RunOfPoint, runs);
    }

    private PlannedRun RunAt(int point) => Runs[runOfPoint[point]];

    // What a gathering stage has runs for is only what it gathers by, whatever its needs used.
    private static HashSet<string> UsesOf(Stage stage, StageRuns[] needs)
    {
        var uses = new HashSet<string>(stage.Uses, StringComparer.Ordinal);
        if (stage.Per is { } per)
            uses.UnionWith(per);
        else
            foreach (var need in needs)
                uses.UnionWith(need.uses);
        return uses;
    }

    private static RunId[][] GatheredNeeds(PointGroups groups, StageRuns[] needs)
    {
        var gathered = new List<RunId>[groups.First.Count];
        var seen = new HashSet<(int Run, RunId Need)>();
        foreach (var need in needs)
            for (var point = 0; point < groups.RunOfPoint.Length; point++)
            {
                var run = groups.RunOfPoint[point];
                var id = need.RunAt(point).Id;
                if (seen.Add((run, id)))
                    (gathered[run] ??= []).Add(id);
            }
        return [.. gathered.Select(ids => ids?.ToArray() ?? [])];
    }
}
