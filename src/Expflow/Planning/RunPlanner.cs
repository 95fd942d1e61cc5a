using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Runs;

namespace Expflow.Planning;

/// <summary>Turns an experiment and its points into runs: one for each distinct assignment of what a stage, or what it needs, uses.</summary>
public static class RunPlanner
{
    /// <summary>Plans the stages chosen, and all that they need: to be run as well, or as what has to be done already.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="points">The points of its sweep: swept parameters only, all different.</param>
    /// <param name="selection">Which stages; null for all.</param>
    public static Checked<RunPlan> Plan(
        Experiment experiment,
        IReadOnlyList<ParameterSet> points,
        StageSelection? selection = null
    )
    {
        selection ??= StageSelection.All;
        var stages = StageOrder.Of(experiment, selection.Stages);
        var problems = stages.SelectMany(stage => GatherProblems(experiment, stage)).ToList();
        if (problems.Count > 0)
            return Checked<RunPlan>.Failed(problems);

        var planned = new Dictionary<string, StageRuns>(StringComparer.Ordinal);
        var runs = new List<PlannedRun>();
        foreach (var stage in stages)
        {
            var ofStage = StageRuns.Plan(experiment, stage, points, planned);
            planned.Add(stage.Name, ofStage);
            runs.AddRange(ofStage.Runs);
        }
        if (Collision(runs) is { } collision)
            return collision;
        if (!selection.IsAlone)
            return new RunPlan(experiment, points.Count, runs) { Selection = selection };
        var wanted = runs.ToLookup(run => selection.Has(run.Stage));
        return new RunPlan(experiment, points.Count, [.. wanted[true]])
        {
            Selection = selection,
            Assumed = [.. wanted[false]],
        };
    }

    private static IEnumerable<Problem> GatherProblems(Experiment experiment, Stage stage) =>
        stage.Per is not { } per
            ? []
            : stage
                .Uses.Where(used => !per.Contains(used) && experiment.Sweep.Names.Contains(used))
                .Select(used => new Problem(
                    $"Stage '{stage.Name}' gathers per [{string.Join(", ", per)}] but uses the swept parameter '{used}', which has many values in each group. Add '{used}' to 'per', or don't use it.",
                    stage.Place
                ));

    // 64 bits leave a chance of 3e-10 for 100,000 runs; a silent mix-up of two results would be worse than this message.
    private static Problem? Collision(List<PlannedRun> runs)
    {
        var seen = new Dictionary<RunId, PlannedRun>(runs.Count);
        foreach (var run in runs)
            if (!seen.TryAdd(run.Id, run))
                return new(
                    $"'{run.Stage.Name} {run.Parameters}' and '{seen[run.Id].Stage.Name} {seen[run.Id].Parameters}' have the same identity '{run.Id}'. Rename the experiment."
                );
        return null;
    }
}
