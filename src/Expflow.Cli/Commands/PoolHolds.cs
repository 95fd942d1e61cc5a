using Expflow.Problems;
using Expflow.Queues;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Keeps runs that stand in a pool from being carried out elsewhere, too.</summary>
internal static class PoolHolds
{
    /// <summary>Why a plan can't be carried out by anything but its pool; null when it can.</summary>
    public static Problem? WhyNot(Composition with, ExperimentInput.Planned planned)
    {
        if (PoolFolder.All(planned.Project).Count == 0)
            return null;
        using var index = with.OpenIndex(planned.Project);
        var name = planned.Experiment.Name;
        var pools = index.Submissions(name).Select(index.PoolOf).OfType<Runs.PoolName>().Distinct().ToList();
        if (pools.Count == 0)
            return null;
        var wanted = planned.Plan.Runs.Select(run => run.Id).ToHashSet();
        var places = new PoolPlaces(planned.Project);
        var held = index
            .Runs(name)
            .Count(run =>
                wanted.Contains(run.Run.Id)
                && run.History.State is RunState.Pending or RunState.Running
                && places.Has(run.Run.Id)
            );
        return held == 0
            ? null
            : new Problem(
                $"{DecisionWords(held)} of '{name}' {(held == 1 ? "stands" : "stand")} in pool '{pools[^1]}' and would be carried out twice. 'expflow submit FILE --pool {pools[^1]}' adds to it; 'expflow cancel {name}' takes them out of it first."
            );
    }

    private static string DecisionWords(int runs) => Screens.DecisionText.Count(runs, "run");
}
