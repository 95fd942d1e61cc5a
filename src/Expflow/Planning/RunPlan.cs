using System.Buffers;
using System.Text;
using System.Text.Json;
using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Parameters;
using Expflow.Runs;

namespace Expflow.Planning;

/// <summary>All runs that an experiment must end with, or those of them that were chosen.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Points">How many points the sweep has.</param>
/// <param name="Runs">The runs, upstream stages first, each stage in the order of the points.</param>
public sealed record RunPlan(Experiment Experiment, int Points, IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>Which stages were chosen.</summary>
    public StageSelection Selection { get; init; } = StageSelection.All;

    /// <summary>
    /// Runs that have to be done already: of stages that were not chosen, and that the chosen ones need, directly or through others. They are part of
    /// the identity of <see cref="Runs"/> and no manifest of this plan names them.
    /// </summary>
    public IReadOnlyList<PlannedRun> Assumed { get; init; } = [];

    /// <summary>Stage and number of runs, upstream stages first.</summary>
    public IReadOnlyList<(string Stage, int Runs)> Stages { get; } =
    [.. Runs.GroupBy(run => run.Stage.Name).Select(stage => (stage.Key, stage.Count()))];

    /// <summary>The runs as a manifest names them, one at a time, so that 100,000 are never all in memory as text.</summary>
    public IEnumerable<ManifestRun> ToManifest()
    {
        var swept = Experiment.Sweep.Names.ToHashSet(StringComparer.Ordinal);
        var json = new ParameterText();
        foreach (var run in Runs)
            yield return new(run.Id, run.Stage.Name, json.Of(run.Parameters), FolderOf(run, swept), run.Needs);
    }

    /// <summary>The folder of a run, relative to the project's folder of runs: <c>digits/main/lr=0.1,seed=3-1f3a9c</c>.</summary>
    public string FolderOf(PlannedRun run) => FolderOf(run, Experiment.Sweep.Names.ToHashSet(StringComparer.Ordinal));

    private string FolderOf(PlannedRun run, HashSet<string> swept)
    {
        var readable = run
            .Parameters.Pairs()
            .Where(pair => swept.Contains(pair.Key))
            .Select(pair => (pair.Key, pair.Value.Display));
        return $"{Experiment.Name}/{run.Stage.Name}/{RunFolderName.Of(run.Id, readable)}";
    }

    private sealed class ParameterText
    {
        private readonly ArrayBufferWriter<byte> buffer = new(256);

        public string Of(ParameterSet parameters)
        {
            buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(buffer))
                json.Write(parameters);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
    }
}
