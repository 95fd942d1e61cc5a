using Expflow.Experiments;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Recovery;

/// <summary>Puts the runs that go out into arrays.</summary>
internal static class RetryGroups
{
    /// <summary>The groups, each behind those that its runs need.</summary>
    public static IReadOnlyList<RetryGroup> Of(
        IEnumerable<RecoveryDecision> decisions,
        Func<TrackedRun, RecoveryStage?> stageOf
    )
    {
        var goingOut = decisions.Where(one => one.GoesOut && stageOf(one.Run.Run) is not null).ToList();
        var order = StageOrder(goingOut, stageOf);
        return
        [
            .. goingOut
                .GroupBy(one => KeyOf(one, stageOf(one.Run.Run)!.Stage))
                .Select(group => GroupOf([.. group], stageOf(group.First().Run.Run)!))
                .OrderBy(group => order[group.Stage]),
        ];
    }

    private static (SubmissionId, string, string?, long?, TimeSpan?, int?) KeyOf(RecoveryDecision one, Stage stage)
    {
        var resources = ResourcesOf(one, stage);
        return (one.Run.Run.Submission, stage.Name, CauseOf(one), resources.Memory, resources.Walltime, resources.Cpus);
    }

    private static RetryGroup GroupOf(IReadOnlyList<RecoveryDecision> runs, RecoveryStage stage)
    {
        var resources = ResourcesOf(runs[0], stage.Stage);
        string[] exclude =
        [
            .. runs.SelectMany(run => ResourcesOf(run, stage.Stage).Exclude).Distinct().Order(StringComparer.Ordinal),
        ];
        // Each of them leaves a node; all together must too.
        if (exclude.Length >= (stage.Limits.Nodes ?? int.MaxValue))
            exclude = [];
        return new(
            runs[0].Run.Run.Submission,
            stage.Stage.Name,
            CauseOf(runs[0]),
            resources with
            {
                Exclude = exclude,
            },
            runs
        );
    }

    private static string? CauseOf(RecoveryDecision one) => (one as RecoveryDecision.Again)?.Cause;

    private static RetryResources ResourcesOf(RecoveryDecision one, Stage stage) =>
        one is RecoveryDecision.Again again
            ? again.Answer.Resources
            : RetryOrder.AskedBy(stage, one.Run.Run.History.Requeued);

    // A stage stands one behind the deepest of those that it needs.
    private static Dictionary<string, int> StageOrder(
        IEnumerable<RecoveryDecision> decisions,
        Func<TrackedRun, RecoveryStage?> stageOf
    )
    {
        var stages = decisions.Select(one => stageOf(one.Run.Run)!.Stage).DistinctBy(stage => stage.Name).ToList();
        var depth = stages.ToDictionary(stage => stage.Name, _ => 0, StringComparer.Ordinal);
        for (var pass = 0; pass < stages.Count; pass++)
            foreach (var stage in stages)
            foreach (var need in stage.Needs)
                if (depth.TryGetValue(need, out var upstream))
                    depth[stage.Name] = Math.Max(depth[stage.Name], upstream + 1);
        return depth;
    }
}
