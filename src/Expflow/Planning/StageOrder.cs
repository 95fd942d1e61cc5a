using Expflow.Experiments;

namespace Expflow.Planning;

/// <summary>The order in which stages are planned and run: what is needed first, otherwise as in the file.</summary>
public static class StageOrder
{
    /// <summary>The stages chosen and all that they need, upstream first. The experiment has no cycle: its reader has made sure.</summary>
    public static IReadOnlyList<Stage> Of(Experiment experiment, IReadOnlyCollection<string>? chosen = null)
    {
        var ordered = new List<Stage>();
        foreach (var stage in experiment.Stages)
            if (chosen is null || chosen.Contains(stage.Name))
                Visit(experiment, stage, ordered);
        return ordered;
    }

    private static void Visit(Experiment experiment, Stage stage, List<Stage> ordered)
    {
        if (ordered.Contains(stage))
            return;
        foreach (var need in stage.Needs)
            Visit(experiment, experiment.Stage(need)!, ordered);
        ordered.Add(stage);
    }
}
