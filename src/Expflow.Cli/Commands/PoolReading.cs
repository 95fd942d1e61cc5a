using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Looks at the pools that experiments have something in, and puts right on the way what dead agents left there.</summary>
/// <param name="with">The surroundings.</param>
/// <param name="project">The project.</param>
/// <param name="index">Its index.</param>
/// <param name="slurm">Asks Slurm's queue no oftener than the interval allows.</param>
internal sealed class PoolReading(Composition with, ProjectFolder project, RunIndex index, SlurmReading slurm)
{
    /// <summary>How these experiments stand with their pools.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <param name="force">Asks Slurm even within the interval.</param>
    public async Task<PoolView> LookAsync(IReadOnlyList<string> experiments, bool force = false)
    {
        var names = experiments.ToDictionary(experiment => experiment, PoolsOf);
        var pictures = new Dictionary<PoolName, PoolPicture>();
        foreach (var name in names.Values.SelectMany(pools => pools).Distinct())
        {
            var pool = new PoolFolder(project, name);
            if (!pool.Exists)
                continue;
            await new PoolRound(with, project, index).RunAsync(pool);
            pictures[name] = await new PoolSight(with, index).LookAsync(
                pool,
                (_, jobs) => slurm.QueueAsync(jobs, force)
            );
        }
        return new(project, index, names, pictures);
    }

    // Those of submissions whose runs have not all ended.
    private IReadOnlyList<PoolName> PoolsOf(string experiment) =>
        !index.Counts(experiment).Any(count => count.State is "pending" or "running")
            ? []
            : [.. index.Submissions(experiment).Select(index.PoolOf).OfType<PoolName>().Distinct()];
}

/// <summary>How runs stand with their pools, as of one look.</summary>
internal sealed class PoolView(
    ProjectFolder project,
    RunIndex index,
    IReadOnlyDictionary<string, IReadOnlyList<PoolName>> pools,
    IReadOnlyDictionary<PoolName, PoolPicture> pictures
)
{
    private readonly PoolPlaces places = new(project);

    /// <summary>The pools that an experiment has something in.</summary>
    public IReadOnlyList<PoolPicture> Of(string experiment) =>
        [.. pools.GetValueOrDefault(experiment, []).Where(pictures.ContainsKey).Select(name => pictures[name])];

    /// <summary>The pool that is to carry a run out, while it has not ended; null for none.</summary>
    public PoolName? PoolOf(TrackedRun run) =>
        run.History.State is RunState.Pending or RunState.Running && pools.ContainsKey(run.Experiment)
            ? index.PoolOf(run.Submission)
            : null;

    /// <summary>Where a run waits; null for one that doesn't wait in a pool.</summary>
    public string? WordsOf(TrackedRun run)
    {
        if (run is not { IsPlaced: false, History.State: RunState.Pending } || PoolOf(run) is not { } name)
            return null;
        if (!places.Has(run.Run.Id))
            return $"stands in no pool; 'expflow recover {run.Experiment}' puts it back into pool '{name}'";
        return pictures.GetValueOrDefault(name) switch
        {
            { State: not PoolState.Open } closed =>
                $"waits in pool '{name}', which is {PoolWords.Of(closed.State)}; 'expflow pool start {name}' goes on",
            { Allocations.Count: 0, Trouble: null } =>
                $"waits in pool '{name}', which has no allocation; 'expflow pool start {name}' starts one",
            { Workers: 0 } => $"waits in pool '{name}', whose allocations have still to start",
            _ => $"waits in pool '{name}'",
        };
    }
}
