using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Sweeps;

namespace Expflow.Experiments;

/// <summary>Reads an experiment file, with all that it extends and all that stands over it, and checks it as a whole.</summary>
/// <param name="project">What the project file says.</param>
/// <param name="environment">Environment variables; those of <c>EXPFLOW_ACCOUNT</c>, <c>EXPFLOW_WALLTIME</c> and the like count.</param>
public sealed class ExperimentReader(ProjectDefaults project, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Reads a file. All its problems at once, in the order in which they stand.</summary>
    /// <param name="file">The path, as the user typed it; messages show it so.</param>
    /// <param name="overrides">What the command line says.</param>
    public Checked<Experiment> Read(string file, Overrides overrides)
    {
        var problems = new List<Problem>();
        if (new Inheritance(problems).Load(file) is not { } tree)
            return Failed(problems);
        tree = OverrideMerge.Defaults(tree, project, file);
        tree = OverrideMerge.Environment(tree, environment);
        tree = new OverrideMerge(problems).CommandLine(tree, overrides);
        return Build(tree, file, problems);
    }

    /// <summary>Reads back what <see cref="Experiment.Resolved"/> holds; nothing stands over it.</summary>
    public static Checked<Experiment> ReadResolved(string resolved, string file)
    {
        var read = YamlReader.Read(resolved, file);
        if (!read.TryGet(out var root))
            return Checked<Experiment>.Failed(read.Problems);
        return root is DocumentNode.Map map
            ? Build(map, file, [])
            : root.Source.Problem($"'{file}' takes a map; this is {root.Kind}.");
    }

    private static Checked<Experiment> Failed(List<Problem> problems)
    {
        // What an experiment says for all its stages is read with each of them.
        var distinct = problems.Distinct().ToList();
        return Checked<Experiment>.Failed([
            .. distinct
                .OrderBy(problem => problem.Place?.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Place?.Line)
                .ThenBy(problem => problem.Place?.Column),
        ]);
    }

    private static Checked<Experiment> Build(DocumentNode.Map tree, string file, List<Problem> problems)
    {
        var reader = new MapReader(tree, ExperimentKeys.Experiment, problems);
        var name = Name(reader, file);
        var parameters = reader.MapOf("parameters") is { } fixedOnes
            ? ParametersReader.Read(fixedOnes, problems)
            : ParameterSet.Empty;
        var sweeps = new SweepReader(parameters, problems);
        var sweep = reader.MapOf("sweep") is { } swept ? sweeps.Read(swept) : Sweep.None;
        var all = parameters.Names.Concat(sweep.Names).Distinct().ToList();
        var stages = Stages(reader, tree, all, sweep, problems);
        var experiment = new Experiment
        {
            Name = name,
            File = file,
            Description = reader.Text("description"),
            Tags = [.. (reader.Texts("tags") ?? []).Select(tag => tag.Text).Distinct()],
            Parameters = parameters,
            Sweep = sweep,
            Stages = stages,
            Pipelines = PipelinesReader.Read(reader, stages, problems),
            Trial = reader.MapOf("trial") is { } trial
                ? new TrialReader(parameters, sweep, problems).Read(trial)
                : TrialSpec.Usual,
            Executor = reader.Word("executor", "local", "slurm", "pool") switch
            {
                "local" => ExperimentExecutor.Local,
                "slurm" => ExperimentExecutor.Slurm,
                "pool" => ExperimentExecutor.Pool,
                _ => ExperimentExecutor.Open,
            },
            Pool = reader.MapOf("pool") is { } pool ? PoolReader.Read(pool, problems) : PoolSettings.Open,
            Keep = reader.Word("keep", "files", "packed") == "packed" ? KeepOutputs.Packed : KeepOutputs.Files,
            Snapshot = Snapshot(reader),
            Resolved = DocumentJson.Text(tree),
            Origins = Origin.Of(tree),
        };
        WholeCheck.Check(experiment, sweeps.Sources, reader, problems);
        return problems.Count > 0 ? Failed(problems) : experiment;
    }

    private static string Name(MapReader reader, string file)
    {
        var name = reader.Text("experiment");
        if (name is null && reader["experiment"] is null)
            reader.Problems.Add(
                new Problem(
                    "'experiment' is missing. Name the experiment: 'experiment: my-experiment'.",
                    new SourcePlace(file, 1, 1)
                )
            );
        else if (name is not null && !Names.IsName(name))
            reader.Wrong(reader["experiment"]!, Names.WhyNot("an experiment", name));
        return name ?? "";
    }

    private static bool Snapshot(MapReader reader) =>
        reader["snapshot"] is DocumentNode.Scalar { Value: ParameterValue.Boolean truth }
            ? truth.Value
            : reader.Word("snapshot", "on", "off") != "off";

    private static List<Stage> Stages(
        MapReader reader,
        DocumentNode.Map tree,
        IReadOnlyList<string> all,
        Sweep sweep,
        List<Problem> problems
    )
    {
        var written = Written(reader, tree, problems);
        var graph = StageGraph.Read(written, problems);
        var stages = new StageReader(all, sweep, graph, problems);
        return [.. written.Select(each => stages.Read(each.Name, each.Reader, tree)).OfType<Stage>()];
    }

    private static List<(string Name, MapReader Reader)> Written(
        MapReader reader,
        DocumentNode.Map tree,
        List<Problem> problems
    )
    {
        if (tree["stages"] is null)
            return [(Experiment.SingleStage, reader)];
        foreach (var key in (ReadOnlySpan<string>)["command", "outputs", "uses"])
            if (tree[key] is { } node)
                reader.Wrong(node, $"'{key}' belongs to a stage when there are 'stages'. Move it into one of them.");
        var written = new List<(string, MapReader)>();
        foreach (var (name, source, node) in reader.MapOf("stages")?.Entries ?? [])
        {
            if (!Names.IsName(name))
                problems.Add(source.Problem(Names.WhyNot("a stage", name)));
            if (node is DocumentNode.Map stage)
                written.Add((name, new MapReader(stage, ExperimentKeys.Stage, problems)));
            else
                problems.Add(node.Source.Problem($"'{name}' takes a map with a 'command'; this is {node.Kind}."));
        }
        if (tree["stages"] is DocumentNode.Map { Entries.Count: 0 } or DocumentNode.Scalar { Value: null })
            reader.Wrong(tree["stages"]!, "'stages' has none. Add one, or remove the key and give a 'command'.");
        return written;
    }
}
