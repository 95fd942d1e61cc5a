using Expflow.Experiments;

namespace Expflow.Pools;

/// <summary>How many runs an allocation carries out at once, and the cores that it asks for so that each has one.</summary>
/// <param name="Workers">Runs at once; null: as many as the cores and the memory of the allocation allow.</param>
/// <param name="Cpus">CPU cores to ask for; null leaves it to the site.</param>
public readonly record struct PoolSize(int? Workers, int? Cpus)
{
    /// <summary>The size of each allocation of a pool: what is said; otherwise one worker a GPU, and one core a worker.</summary>
    public static PoolSize Of(PoolSettings pool)
    {
        var workers =
            pool.Workers ?? (pool.Gpus is { Count: > 0 } gpus ? gpus.Count * (pool.WorkersPerGpu ?? 1) : null);
        return new(workers, pool.Cpus ?? workers);
    }
}
