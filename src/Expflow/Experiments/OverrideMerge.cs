using Expflow.Documents;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Puts the project's defaults, the environment and the command line over the file, in this order of strength.</summary>
internal sealed class OverrideMerge(List<Problem> problems)
{
    private const string Resources = "resources";
    private const string Slurm = "slurm";

    /// <summary>Environment variables that stand over the file, and the resource of each.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Variables =
    [
        .. ExperimentKeys
            .Resources.Names.Where(key => key != "pinned")
            .Select(key => KeyValuePair.Create($"EXPFLOW_{key.ToUpperInvariant()}", key)),
    ];

    /// <summary>Fills in what the file leaves open. Account and partition of a file that was extended count as open unless pinned there.</summary>
    public static DocumentNode.Map Defaults(DocumentNode.Map tree, ProjectDefaults project, string file)
    {
        foreach (
            var entry in project.Tree.Entries.Where(entry =>
                entry.Key is "resources" or "slurm" or "environment" or "retry" or "pool"
            )
        )
        {
            if (entry.Value is not DocumentNode.Map defaults)
                continue;
            if (entry.Key == "resources")
                tree = Opened(tree, defaults, file);
            var own = tree[entry.Key];
            if (entry.Key == "pool" && own is DocumentNode.Map pool)
                defaults = pool.Entries.Aggregate(defaults, (map, said) => PoolReader.Without(map, said.Key));
            if (own is null or DocumentNode.Map)
                tree = tree.With(
                    entry.Key,
                    own is DocumentNode.Map map ? Inheritance.Merge(defaults, map, entry.Key) : defaults
                );
        }
        return tree;
    }

    public static DocumentNode.Map Environment(DocumentNode.Map tree, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (variable, key) in Variables)
            if (environment.TryGetValue(variable, out var value) && value.Length > 0)
                tree = ForAllStages(tree, key, YamlReader.ReadValue(value, new ValueSource.Variable(variable)));
        return tree;
    }

    public DocumentNode.Map CommandLine(DocumentNode.Map tree, Overrides overrides)
    {
        foreach (var text in overrides.Resources)
            if (Split(text, "--resources", "walltime=10h") is var (key, value) && IsResource(key, value.Source))
                tree = ForAllStages(tree, key, value);
        foreach (var text in overrides.Stage)
            if (Split(text, "--stage", "fusion.memory=64G") is var (path, value))
                tree = ForStage(tree, path, value);
        foreach (var text in overrides.Set)
            if (Split(text, "--set", "lr=0.1") is var (name, value))
                tree = new ParameterOverride(problems).Apply(tree, name, value);
        return tree;
    }

    private (string Key, DocumentNode Value)? Split(string text, string option, string example)
    {
        var source = new ValueSource.Option($"{option} {text}");
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            return (text[..equals].Trim(), YamlReader.ReadValue(text[(equals + 1)..], source));
        var other = option == "--stage" ? $", or '--stages {text}' to choose stages" : "";
        problems.Add(source.Problem($"'{text}' has no '='. Write it as {option} {example}{other}."));
        return null;
    }

    private bool IsResource(string key, ValueSource source)
    {
        if (key != "pinned" && ExperimentKeys.Resources.Names.Contains(key))
            return true;
        problems.Add(source.Problem(MapReader.Unknown(key, ExperimentKeys.Resources)));
        return false;
    }

    private DocumentNode.Map ForStage(DocumentNode.Map tree, string path, DocumentNode value)
    {
        var stages = tree["stages"] as DocumentNode.Map;
        var names = stages is null ? [Experiment.SingleStage] : stages.Entries.Select(entry => entry.Key).ToList();
        // Stage names may have dots of their own.
        var dot = path.LastIndexOf('.');
        var (stage, key) = dot > 0 ? (path[..dot], path[(dot + 1)..]) : (path, "");
        var section = Resources;
        if (!names.Contains(stage) && stage.EndsWith($".{Slurm}", StringComparison.Ordinal))
            (stage, section) = (stage[..^(Slurm.Length + 1)], Slurm);
        if (key.Length == 0)
            problems.Add(value.Source.Problem($"'{path}' names no resource. Write it as --stage {path}.memory=64G."));
        else if (!names.Contains(stage))
            problems.Add(value.Source.Problem(StageGraph.UnknownStage(stage, names)));
        else if (section == Slurm ? IsOfSlurm(key, value.Source) : IsResource(key, value.Source))
            return stages is null ? With(tree, section, key, value)
                : stages[stage] is DocumentNode.Map map
                    ? tree.With("stages", stages.With(stage, With(map, section, key, value)))
                : tree;
        return tree;
    }

    private bool IsOfSlurm(string key, ValueSource source)
    {
        if (ExperimentKeys.Slurm.Names.Contains(key))
            return true;
        problems.Add(source.Problem(MapReader.Unknown(key, ExperimentKeys.Slurm)));
        return false;
    }

    // What stands over the file stands over every stage's own word as well.
    private static DocumentNode.Map ForAllStages(DocumentNode.Map tree, string key, DocumentNode value) =>
        With(InStages(tree, resources => resources.With(key, null)), Resources, key, value);

    private static DocumentNode.Map With(DocumentNode.Map map, string section, string key, DocumentNode value) =>
        map[section] switch
        {
            DocumentNode.Map said => map.With(section, said.With(key, value)),
            null or DocumentNode.Scalar { Value: null } => map.With(
                section,
                new DocumentNode.Map([new(key, value.Source, value)], value.Source)
            ),
            // Something else: told by the reader.
            _ => map,
        };

    private static DocumentNode.Map Opened(DocumentNode.Map tree, DocumentNode.Map defaults, string file)
    {
        DocumentNode.Map Open(DocumentNode.Map resources)
        {
            foreach (var key in (ReadOnlySpan<string>)["account", "partition"])
                if (defaults[key] is not null && resources[key] is { } value && !Stands(resources, value, file))
                    resources = resources.With(key, null);
            return resources;
        }
        tree = InStages(tree, Open);
        return tree["resources"] is DocumentNode.Map top ? tree.With("resources", Open(top)) : tree;
    }

    private static bool Stands(DocumentNode.Map resources, DocumentNode value, string file) =>
        value.Source is not ValueSource.File { Place.File: var from }
        || from == file
        || resources["pinned"] is DocumentNode.Scalar { Value: Parameters.ParameterValue.Boolean { Value: true } };

    private static DocumentNode.Map InStages(DocumentNode.Map tree, Func<DocumentNode.Map, DocumentNode.Map> change)
    {
        if (tree["stages"] is not DocumentNode.Map stages)
            return tree;
        foreach (var entry in stages.Entries)
            if (entry.Value is DocumentNode.Map stage && stage["resources"] is DocumentNode.Map resources)
                stages = stages.With(entry.Key, stage.With("resources", change(resources)));
        return tree.With("stages", stages);
    }
}
