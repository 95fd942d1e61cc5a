using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Slurm;
using Expflow.Sweeps;

namespace Expflow.Experiments;

/// <summary>Reads <c>trial</c>.</summary>
/// <param name="parameters">The experiment's fixed parameters.</param>
/// <param name="sweep">Its sweep.</param>
/// <param name="problems">What is wrong.</param>
internal sealed class TrialReader(ParameterSet parameters, Sweep sweep, List<Problem> problems)
{
    public TrialSpec Read(DocumentNode.Map map)
    {
        var reader = new MapReader(map, ExperimentKeys.Trial, problems);
        var criteria = new MapReader(
            reader.MapOf("criteria") ?? new DocumentNode.Map([], map.Source),
            ExperimentKeys.TrialCriteria,
            problems
        );
        var usual = TrialSpec.Usual;
        return new()
        {
            Workers = Workers(reader) ?? usual.Workers,
            Rounds = (int)(reader.Whole("rounds", ExperimentKeys.Trial) ?? usual.Rounds),
            Variants = Variants(reader),
            Parameters = Shorter(reader),
            GpuUse = criteria.Whole("gpu_use", ExperimentKeys.TrialCriteria) ?? usual.GpuUse,
            Time = Time(criteria) ?? usual.Time,
            GpuMemory = Memory(criteria),
        };
    }

    private static SortedSet<int>? AsNumbers(IEnumerable<DocumentNode> items)
    {
        var numbers = new SortedSet<int>();
        foreach (var item in items)
            if (item is DocumentNode.Scalar { Value: ParameterValue.Integer { Value: >= 1 and <= 32 and var number } })
                numbers.Add((int)number);
            else
                return null;
        return numbers.Count > 0 ? numbers : null;
    }

    private static List<int>? Workers(MapReader reader)
    {
        if (reader["workers"] is not { } node)
            return null;
        if (AsNumbers(node is DocumentNode.Sequence list ? list.Items : [node]) is { } numbers)
            return [.. numbers];
        reader.Wrong(node, $"'workers' takes whole numbers from 1 to 32, such as [1, 2, 3]; this is {Shown(node)}.");
        return null;
    }

    private static string Shown(DocumentNode node) =>
        node is DocumentNode.Sequence list
            ? $"[{string.Join(", ", list.Items.Select(MapReader.Shown))}]"
            : MapReader.Shown(node);

    private List<string>? Variants(MapReader reader)
    {
        if (reader.Texts("variants") is not { } names)
            return null;
        foreach (var name in names.Where(name => !sweep.Names.Contains(name.Text)))
            reader.Wrong(
                name,
                $"'{name.Text}' is not swept, so it tells no variants apart. "
                    + (
                        sweep.Names.Count == 0
                            ? "Nothing is swept: remove 'variants'."
                            : $"Swept are {string.Join(", ", sweep.Names)}."
                    )
            );
        return [.. names.Select(name => name.Text).Distinct()];
    }

    private ParameterSet Shorter(MapReader reader)
    {
        if (reader.MapOf("parameters") is not { } map)
            return ParameterSet.Empty;
        foreach (var (name, source, _) in map.Entries)
            if (sweep.Names.Contains(name))
                problems.Add(
                    source.Problem(
                        $"'{name}' is swept: a trial keeps its values. 'parameters' of 'trial' takes those with one value."
                    )
                );
            else if (!parameters.TryGet(name, out _))
                problems.Add(
                    source.Problem(
                        $"'{name}' is no parameter of the experiment."
                            + (Suggestion.For(name, parameters.Names) is { } near ? $" Did you mean '{near}'?" : "")
                    )
                );
        return ParametersReader.Read(map, problems);
    }

    private static Walltime? Time(MapReader reader)
    {
        if (reader["time"] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && Walltime.TryParse(scalar.Text, out var time))
            return time;
        reader.Wrong(node, $"'time' takes a time such as 30m or 00:30:00; this is {MapReader.Shown(node)}.");
        return null;
    }

    private static MemorySize? Memory(MapReader reader)
    {
        if (reader["gpu_memory"] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && MemorySize.TryParse(scalar.Text, out var size))
            return size;
        reader.Wrong(node, $"'gpu_memory' takes an amount such as 46G; this is {MapReader.Shown(node)}.");
        return null;
    }
}
