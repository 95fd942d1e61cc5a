using Expflow.Experiments;

namespace Expflow.Planning;

/// <summary>What runs cost at most: each one attempt as long as its walltime. An upper bound, and often far above what comes.</summary>
/// <param name="CpuHours">Cores × hours; null when a stage has no walltime.</param>
/// <param name="GpuHours">GPUs × hours; null when a stage that asks for GPUs has no walltime.</param>
public sealed record PlanCost(double? CpuHours, double? GpuHours)
{
    /// <summary>Adds up so many runs of each stage.</summary>
    public static PlanCost Of(IEnumerable<(Stage Stage, int Runs)> stages)
    {
        double? cpu = 0;
        double? gpu = 0;
        foreach (var (stage, runs) in stages)
        {
            var nodes = stage.Resources.Nodes ?? 1;
            var hours = stage.Resources.Walltime?.Duration.TotalHours * nodes * runs;
            if (runs > 0)
                cpu += hours * (stage.Resources.Cpus ?? 1);
            if (runs > 0 && stage.Resources.Gpus is { Count: > 0 } gpus)
                gpu += hours * gpus.Count;
        }
        return new(cpu, gpu);
    }
}
