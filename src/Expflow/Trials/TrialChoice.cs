using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Expflow.Arrays;
using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Parameters;
using Expflow.Planning;
using Expflow.Runs;

namespace Expflow.Trials;

/// <summary>Chooses the runs of one stage for a trial.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="stage">The stage.</param>
/// <param name="done">The runs that are done.</param>
internal sealed class TrialChoice(Experiment experiment, Stage stage, IReadOnlyDictionary<RunId, ManifestRun> done)
{
    private readonly List<TrialPhase> phases = [];
    private readonly List<ArrayTask> tasks = [];

    /// <summary>Chooses among runs of which everything that they need is done; at least one.</summary>
    public TrialStage Choose(IReadOnlyList<PlannedRun> ready)
    {
        var names = TrialPlan.VariantNames(experiment, stage, ready[0]);
        foreach (var variant in ready.GroupBy(run => run.Parameters.Subset(names)))
        foreach (var workers in experiment.Trial.Workers)
            Add(variant.Key, [.. variant], workers);
        return new(stage, phases, tasks);
    }

    // Seeds first, then the same again: what counts is what a run costs, not what comes out.
    private void Add(ParameterSet variant, PlannedRun[] runs, int workers)
    {
        var count = workers * experiment.Trial.Rounds;
        phases.Add(new(stage.Name, variant, workers, tasks.Count, count));
        for (var i = 0; i < count; i++)
            tasks.Add(TaskOf(runs[i % runs.Length], workers, i));
    }

    // An identity of its own: nothing of a trial is ever taken for a run of the experiment.
    private ArrayTask TaskOf(PlannedRun run, int workers, int copy)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{workers}-at-a-time-{copy + 1}");
        var id = RunId.Of(Encoding.UTF8.GetBytes($"expflow trial 1\n{run.Id}\0{name}"));
        var upstream = UpstreamOf(run.Needs);
        var folder = $"{stage.Name}/{RunFolderName.Of(id, [("workers", name)])}";
        return new(tasks.Count, new(id, stage.Name, TextOf(Shorter(run.Parameters)), folder, run.Needs), 0, upstream);
    }

    // Only now: what a run needs is known by the parameters of the real thing.
    private ParameterSet Shorter(ParameterSet parameters) =>
        parameters.With(
            ParameterSet.Of(experiment.Trial.Parameters.Pairs().Where(pair => parameters.TryGet(pair.Key, out _)))
        );

    private Dictionary<string, IReadOnlyList<string>> UpstreamOf(IEnumerable<RunId> needs)
    {
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<RunId>();
        var rest = new Queue<RunId>(needs);
        while (rest.TryDequeue(out var need))
        {
            if (!seen.Add(need) || !done.TryGetValue(need, out var run))
                continue;
            if (!found.TryGetValue(run.Stage, out var folders))
                found.Add(run.Stage, folders = []);
            folders.Add(run.Folder);
            foreach (var further in run.Needs)
                rest.Enqueue(further);
        }
        return found.ToDictionary(each => each.Key, each => (IReadOnlyList<string>)each.Value, StringComparer.Ordinal);
    }

    private static string TextOf(ParameterSet parameters)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
            json.Write(parameters);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
