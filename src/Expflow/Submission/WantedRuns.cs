using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Retries;
using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>Makes of a run what Slurm has to be told: its stage, what it asks for, and where it finds what it needs.</summary>
/// <param name="runs">Every run of the experiment: needs are looked for among them.</param>
public sealed class WantedRuns(IReadOnlyDictionary<RunId, ManifestRun> runs)
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Nothing =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The run, to go out for a submission.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage">Its stage, as the submission has resolved it.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="history">What is known of the run, with the order to run it again when there is one.</param>
    public WantedRun Of(ManifestRun run, Stage stage, ManifestHeader submission, RunHistory history) =>
        new()
        {
            Run = run,
            Stage = stage,
            Submission = submission,
            Turn = history.Turn,
            After = history.Attempt,
            Requeued = history.Requeued,
            Ask = AskOf(stage, history),
            Upstream = UpstreamOf(run),
        };

    /// <summary>The runs with upstream stages first, otherwise in the order given.</summary>
    public static IReadOnlyList<WantedRun> UpstreamFirst(IEnumerable<WantedRun> wanted)
    {
        var list = wanted.ToList();
        var stages = list.Select(run => run.Stage).DistinctBy(stage => stage.Name).ToDictionary(stage => stage.Name);
        return [.. list.OrderBy(run => DepthOf(run.Stage, stages))];
    }

    // Stages that none of these runs is of don't come between them.
    private static int DepthOf(Stage stage, Dictionary<string, Stage> stages) =>
        stage.Needs.Where(stages.ContainsKey).Select(need => 1 + DepthOf(stages[need], stages)).DefaultIfEmpty().Max();

    // What recovery has changed holds until the user orders the run anew.
    private static ArrayAsk AskOf(Stage stage, RunHistory history)
    {
        var asked = RetryOrder.AskedBy(stage, history.Requeued);
        return new(asked.Memory, asked.Cpus, asked.Walltime, string.Join(',', asked.Exclude));
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> UpstreamOf(ManifestRun run)
    {
        if (run.Needs.Count == 0)
            return Nothing;
        var folders = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        Collect(run, [], folders);
        return folders.ToDictionary(
            stage => stage.Key,
            stage => (IReadOnlyList<string>)stage.Value,
            StringComparer.Ordinal
        );
    }

    private void Collect(ManifestRun run, HashSet<RunId> seen, Dictionary<string, List<string>> folders)
    {
        foreach (var need in run.Needs)
        {
            if (!seen.Add(need) || !runs.TryGetValue(need, out var upstream))
                continue;
            if (!folders.TryGetValue(upstream.Stage, out var ofStage))
                folders.Add(upstream.Stage, ofStage = []);
            ofStage.Add(upstream.Folder);
            Collect(upstream, seen, folders);
        }
    }
}
