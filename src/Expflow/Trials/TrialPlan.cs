using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Planning;
using Expflow.Runs;
using Expflow.Sweeps;

namespace Expflow.Trials;

/// <summary>What a trial runs: a few runs of each variant, so many at a time.</summary>
/// <param name="Stages">The stages that are tried out.</param>
/// <param name="LeftOut">The other stages, each with the reason in a sentence.</param>
public sealed record TrialPlan(IReadOnlyList<TrialStage> Stages, IReadOnlyList<(string Stage, string Why)> LeftOut)
{
    /// <summary>Chooses.</summary>
    /// <param name="plan">The runs of the experiment.</param>
    /// <param name="done">The runs that are done, by id: where each finds what it needs is known of them only.</param>
    public static TrialPlan Of(RunPlan plan, IReadOnlyDictionary<RunId, ManifestRun> done)
    {
        var stages = new List<TrialStage>();
        var leftOut = new List<(string, string)>();
        foreach (var runs in plan.Runs.GroupBy(run => run.Stage.Name))
        {
            var stage = runs.First().Stage;
            var ready = runs.Where(run => run.Needs.All(done.ContainsKey)).ToList();
            if (stage.Resources.Gpus is not { Count: > 0 })
                leftOut.Add((stage.Name, "asks for no GPU, so there is none to share"));
            else if (ready.Count == 0)
                leftOut.Add((stage.Name, $"needs {string.Join(", ", stage.Needs)}, which is not done yet"));
            else
                stages.Add(new TrialChoice(plan.Experiment, stage, done).Choose(ready));
        }
        return new(stages, leftOut);
    }

    /// <summary>The parameters that tell variants of a stage apart.</summary>
    internal static string[] VariantNames(Experiment experiment, Stage stage, PlannedRun example)
    {
        var swept = experiment.Sweep.Names;
        IEnumerable<string> names = experiment.Trial.Variants ?? [.. swept.Except(Seeds.Among(swept))];
        return [.. names.Where(name => example.Parameters.TryGet(name, out _))];
    }
}
