using Expflow.Documents;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Reads <c>pipelines</c>.</summary>
internal static class PipelinesReader
{
    public static IReadOnlyList<Pipeline> Read(MapReader reader, IReadOnlyList<Stage> stages, List<Problem> problems)
    {
        var pipelines = new List<Pipeline>();
        foreach (var (name, source, node) in reader.MapOf("pipelines")?.Entries ?? [])
        {
            if (!Names.IsName(name))
                problems.Add(source.Problem(Names.WhyNot("a pipeline", name)));
            if (node is not DocumentNode.Sequence { Items: [_, ..] items })
                problems.Add(node.Source.Problem($"'{name}' takes a list of stages; this is {Shown(node)}."));
            else
                pipelines.Add(new(name, Members(name, node, items, stages, reader, problems)));
        }
        return pipelines;
    }

    private static string Shown(DocumentNode node) =>
        node is DocumentNode.Sequence ? "an empty list" : MapReader.Shown(node);

    private static List<string> Members(
        string pipeline,
        DocumentNode node,
        IReadOnlyList<DocumentNode> items,
        IReadOnlyList<Stage> stages,
        MapReader reader,
        List<Problem> problems
    )
    {
        var names = reader.Map["stages"] is DocumentNode.Map written
            ? written.Entries.Select(entry => entry.Key).ToList()
            : [Experiment.SingleStage];
        foreach (var item in items)
            if (item is not DocumentNode.Scalar scalar)
                reader.Wrong(item, $"'{pipeline}' takes names of stages; this is {item.Kind}.");
            else if (!names.Contains(scalar.Text))
                reader.Wrong(item, StageGraph.UnknownStage(scalar.Text, names));
        var members = items.OfType<DocumentNode.Scalar>().Select(item => item.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var stage in stages.Where(stage => members.Contains(stage.Name)))
        foreach (var needed in stage.Needs.Where(needed => !members.Contains(needed)))
            problems.Add(
                node.Source.Problem($"'{pipeline}' leaves out '{needed}', which '{stage.Name}' needs. Add it.")
            );
        return [.. stages.Select(stage => stage.Name).Where(members.Contains)];
    }
}
