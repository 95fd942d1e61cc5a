using Expflow.Documents;
using Expflow.Problems;
using Expflow.Slurm;
using Expflow.Sweeps;
using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>Reads one stage, with what the experiment says for all of them filled in already.</summary>
/// <param name="all">All parameters, in the experiment's order.</param>
/// <param name="sweep">The sweep.</param>
/// <param name="graph">All stages and what each needs.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class StageReader(IReadOnlyList<string> all, Sweep sweep, StageGraph graph, List<Problem> problems)
{
    public Stage? Read(string name, MapReader reader, DocumentNode.Map shared)
    {
        var scope = new TemplateScope(all, graph.Upstream(name), graph.Names);
        var command = Command(name, reader, scope);
        var outputs = Outputs(reader, scope);
        var per = Per(reader);
        var environment = Shared(reader, shared, "environment") is { } setup
            ? EnvironmentReader.Read(setup, scope, problems)
            : EnvironmentSpec.Empty;
        var (sources, required) = Metrics(reader, shared);
        var workdir = (reader["workdir"] is null ? new MapReader(shared, ExperimentKeys.Experiment, []) : reader).Word(
            "workdir",
            "code",
            "run"
        );
        var priority = (
            reader["priority"] is null ? new MapReader(shared, ExperimentKeys.Experiment, []) : reader
        ).Whole("priority", ExperimentKeys.Stage);
        var progress = Progress(
            reader["progress"] is null ? new MapReader(shared, ExperimentKeys.Experiment, []) : reader
        );
        var uses = Uses(reader, command, [.. outputs, .. environment.Variables.Select(each => each.Value)], per);
        var resources = Shared(reader, shared, "resources") is { } asked
            ? ResourcesReader.Read(asked, problems)
            : Resources.Open;
        var slurm = Slurm(reader, shared, resources);
        if (environment.Mps && resources.Gpus is not { Count: > 0 })
            reader.Wrong(
                Shared(reader, shared, "environment")!["mps"]!,
                $"'mps' shares GPUs, but '{name}' asks for none. Add 'gpus' to its 'resources', or write 'mps: false' for it."
            );
        var retry = Shared(reader, shared, "retry") is { } again
            ? RetryReader.Read(again, problems)
            : RetryPolicy.Never;
        var checks = Shared(reader, shared, "checks") is { } rules ? MetricsReader.ReadChecks(rules, problems) : [];
        // Only now: a stage without a command has told its other problems as well.
        if (command is null)
            return null;
        return new()
        {
            Name = name,
            Command = command,
            Needs = graph.Needs(name),
            Per = per,
            Uses = uses,
            Outputs = outputs,
            Workdir = workdir == "run" ? StartFolder.Run : StartFolder.Code,
            Resources = resources,
            Slurm = slurm,
            Progress = progress,
            Priority = (int?)priority ?? Stage.UsualPriority,
            Environment = environment,
            Retry = retry,
            Metrics = sources,
            RequiredMetrics = required,
            Checks = checks,
            Place = reader.Map.Source is ValueSource.File file ? file.Place : default,
        };
    }

    private static Walltime? Progress(MapReader reader)
    {
        if (reader["progress"] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && Walltime.TryParse(scalar.Text, out var time))
            return time;
        reader.Wrong(node, $"'progress' takes a time such as 30m, 90s or 00:30:00; this is {MapReader.Shown(node)}.");
        return null;
    }

    private SlurmSettings Slurm(MapReader reader, DocumentNode.Map shared, Resources resources)
    {
        if (Shared(reader, shared, "slurm") is not { } map)
            return SlurmSettings.Open;
        var slurm = SlurmReader.Read(map, problems);
        SlurmReader.CheckWarn(slurm, resources, map, problems);
        return slurm;
    }

    private CommandTemplate? Command(string name, MapReader reader, TemplateScope scope)
    {
        if (reader["command"] is DocumentNode.Scalar { Text: var text } scalar && !string.IsNullOrWhiteSpace(text))
            return TemplateReading.Command(scalar, scope, problems);
        if (reader["command"] is { } other and not DocumentNode.Scalar)
            reader.Wrong(other, $"'command' takes a text; this is {other.Kind}. Write it as you would type it.");
        else
            reader.Wrong(reader.Map, $"'{name}' has no 'command'. Say what to run.");
        return null;
    }

    private List<CommandTemplate> Outputs(MapReader reader, TemplateScope scope)
    {
        var outputs = new List<CommandTemplate>();
        foreach (var scalar in reader.Texts("outputs") ?? [])
            if (RelativePath.WhyNot(scalar.Text) is { } why)
                reader.Wrong(scalar, $"'{scalar.Text}' {why}");
            else if (TemplateReading.Plain(scalar, scope, problems) is { } output)
                outputs.Add(output);
        return outputs;
    }

    private List<string>? Per(MapReader reader)
    {
        if (reader.Texts("per") is not { } names)
            return null;
        var per = new List<string>();
        foreach (var name in names)
            if (all.Contains(name.Text))
                per.Add(name.Text);
            else
                reader.Wrong(name, Overrides.UnknownParameter(name.Text, all));
        if (reader.Texts("needs") is null or [])
            reader.Wrong(
                reader.Map["per"]!,
                "'per' gathers runs of other stages, but this one needs none. Add 'needs'."
            );
        return [.. per.Distinct()];
    }

    private (IReadOnlyList<DeclaredMetrics>, IReadOnlyList<string>) Metrics(
        MapReader reader,
        DocumentNode.Map shared
    ) =>
        (reader["metrics"] ?? shared["metrics"]) is { } node and not DocumentNode.Scalar { Value: null }
            ? MetricsReader.Read(node, problems)
            : ([], []);

    // Maps merge: a stage that asks for more time keeps the experiment's memory.
    private static DocumentNode.Map? Shared(MapReader reader, DocumentNode.Map shared, string key)
    {
        var own = reader.MapOf(key);
        var common = shared[key] as DocumentNode.Map;
        return own is null || common is null || ReferenceEquals(own, common)
            ? own ?? common
            : Inheritance.Merge(common, own, key);
    }

    private List<string> Uses(
        MapReader reader,
        CommandTemplate? command,
        IReadOnlyList<CommandTemplate> others,
        IReadOnlyList<string>? per
    )
    {
        var used = new HashSet<string>(per ?? [], StringComparer.Ordinal);
        foreach (var name in reader.Texts("uses") ?? [])
            if (all.Contains(name.Text))
                used.Add(name.Text);
            else if (name.Text == "all")
                used.UnionWith(all);
            else
                reader.Wrong(name, Overrides.UnknownParameter(name.Text, all));
        var everything =
            command is not null
            && (
                command.UsesAllParameters
                || command.Text.Contains(Contract.EnvironmentNames.Parameters, StringComparison.Ordinal)
            );
        if (everything || others.Any(template => template.UsesAllParameters))
            used.UnionWith(all);
        if (per is not null)
            used.RemoveWhere(name => sweep.Names.Contains(name) && !per.Contains(name));
        foreach (var name in others.Append(command).SelectMany(template => template?.UsedParameters ?? []).Distinct())
            if (per is not null && sweep.Names.Contains(name) && !per.Contains(name))
                reader.Wrong(
                    reader.Map["per"]!,
                    $"'{{{name}}}' differs among the runs that this stage gathers. Add '{name}' to 'per', or remove it from the command."
                );
            else
                used.Add(name);
        return [.. all.Where(used.Contains)];
    }
}
