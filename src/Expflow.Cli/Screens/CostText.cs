using System.Globalization;
using Expflow.Experiments;
using Expflow.Planning;

namespace Expflow.Cli.Screens;

/// <summary>What runs cost at most, in words.</summary>
internal static class CostText
{
    /// <summary>
    /// <c>At most 4 jobs × 3 stages: 12 jobs, 480 CPU-hours, 120 GPU-hours.</c>, and where stages wait for each other:
    /// <c>Up to 30 h one after the other: vgae 8 h, curriculum 12 h, fusion 10 h.</c>
    /// </summary>
    /// <param name="stages">Stages and how many runs of each are submitted, upstream first.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<(Stage Stage, int Runs)> stages)
    {
        (Stage Stage, int Runs)[] some = [.. stages.Where(stage => stage.Runs > 0)];
        var cost = PlanCost.Of(some);
        var line = $"At most {Shape(some)}{DecisionText.Count(cost.Jobs, "job")}, {Hours(cost)}";
        return Chain(some.Select(stage => stage.Stage)) is { } chain ? [line, chain] : [line];
    }

    /// <summary><c>480 CPU-hours, 120 GPU-hours.</c></summary>
    public static string Hours(PlanCost cost)
    {
        var gpu = cost.GpuHours is 0 ? "" : $", {Hours(cost.GpuHours)} GPU-hours";
        return $"{Hours(cost.CpuHours)} CPU-hours{gpu}"
            + (cost.CpuHours is null ? ", as a stage has no 'walltime'." : ".");
    }

    /// <summary>How long the longest chain of stages takes at most; null when no stage waits for another, or when a walltime is missing.</summary>
    public static string? Chain(IEnumerable<Stage> stages)
    {
        var chain = PlanCost.LongestChain(stages);
        if (chain.Count < 2)
            return null;
        var parts = chain.Select(stage => $"{stage.Name} {Short(stage.Resources.Walltime!.Value.Duration)}");
        var all = TimeSpan.FromTicks(chain.Sum(stage => stage.Resources.Walltime!.Value.Duration.Ticks));
        return $"Up to {Short(all)} one after the other: {string.Join(", ", parts)}.";
    }

    private static string Shape((Stage Stage, int Runs)[] stages) =>
        stages.Length < 2 ? ""
        : stages.All(stage => stage.Runs == stages[0].Runs)
            ? $"{DecisionText.Count(stages[0].Runs, "job")} × {stages.Length} stages: "
        : $"{string.Join(" + ", stages.Select(stage => $"{stage.Runs:#,0} {stage.Stage.Name}"))}: ";

    private static string Short(TimeSpan time) =>
        time.TotalHours < 1
            ? $"{time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} min"
            : $"{time.TotalHours.ToString("#,0.#", CultureInfo.InvariantCulture)} h";

    private static string Hours(double? hours) =>
        hours switch
        {
            null => "unknown",
            < 10 => hours.Value.ToString("0.##", CultureInfo.InvariantCulture),
            _ => hours.Value.ToString("#,0", CultureInfo.InvariantCulture),
        };
}
