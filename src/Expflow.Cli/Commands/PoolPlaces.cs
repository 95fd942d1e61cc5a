using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Which runs stand in a pool of the project: in its queue, or in the hands of its workers.</summary>
internal sealed class PoolPlaces(ProjectFolder project)
{
    private IReadOnlySet<RunId>? all;

    /// <summary>Whether a run stands in any pool.</summary>
    /// <exception cref="IOException">The project can't be read.</exception>
    public bool Has(RunId run) => (all ??= Read()).Contains(run);

    /// <summary>Those of an experiment's runs that are to be run and that nothing will start: no pool has them, and no job array.</summary>
    /// <exception cref="IOException">The project can't be read.</exception>
    public IReadOnlyList<TrackedRun> Nowhere(IEnumerable<TrackedRun> runs)
    {
        var pending = runs.Where(run => run is { IsPlaced: false, History.State: RunState.Pending }).ToList();
        return pending.Count == 0 ? [] : [.. pending.Where(run => !Has(run.Run.Id))];
    }

    private HashSet<RunId> Read()
    {
        var found = new HashSet<RunId>();
        foreach (var pool in PoolFolder.All(project))
            found.UnionWith(QueueContents.RunsIn(pool));
        return found;
    }
}
