using Expflow.Experiments;

namespace Expflow.Planning;

/// <summary>What runs cost at most: each one attempt as long as its walltime. An upper bound, and often far above what comes.</summary>
/// <param name="Jobs">How many runs; on Slurm each is a job, or a task of an array.</param>
/// <param name="CpuHours">Cores × hours; null when a stage has no walltime.</param>
/// <param name="GpuHours">GPUs × hours; null when a stage that asks for GPUs has no walltime.</param>
public sealed record PlanCost(int Jobs, double? CpuHours, double? GpuHours)
{
    /// <summary>Adds up so many runs of each stage.</summary>
    public static PlanCost Of(IEnumerable<(Stage Stage, int Runs)> stages)
    {
        var jobs = 0;
        double? cpu = 0;
        double? gpu = 0;
        foreach (var (stage, runs) in stages)
        {
            jobs += runs;
            var nodes = stage.Resources.Nodes ?? 1;
            var hours = stage.Resources.Walltime?.Duration.TotalHours * nodes * runs;
            if (runs > 0)
                cpu += hours * (stage.Resources.Cpus ?? 1);
            if (runs > 0 && stage.Resources.Gpus is { Count: > 0 } gpus)
                gpu += hours * gpus.Count;
        }
        return new(jobs, cpu, gpu);
    }

    /// <summary>
    /// The stages, each needing the one before, whose walltimes together are the longest: how long it takes at most when nothing waits for the
    /// machine. Empty when any of the stages has no walltime.
    /// </summary>
    /// <param name="stages">Upstream first. What they need beside each other takes no time.</param>
    public static IReadOnlyList<Stage> LongestChain(IEnumerable<Stage> stages)
    {
        var chains = new Dictionary<string, (TimeSpan Time, IReadOnlyList<Stage> Stages)>(StringComparer.Ordinal);
        foreach (var stage in stages)
        {
            if (stage.Resources.Walltime is not { Duration: var own })
                return [];
            var before = stage
                .Needs.Where(chains.ContainsKey)
                .Select(need => chains[need])
                .DefaultIfEmpty()
                .MaxBy(chain => chain.Time);
            chains[stage.Name] = (before.Time + own, [.. before.Stages ?? [], stage]);
        }
        return chains.Values.DefaultIfEmpty().MaxBy(chain => chain.Time).Stages ?? [];
    }
}
