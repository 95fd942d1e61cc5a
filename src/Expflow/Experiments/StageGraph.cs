using Expflow.Documents;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Which stage needs which, checked: every name known, no circles.</summary>
internal sealed class StageGraph
{
    private readonly Dictionary<string, IReadOnlyList<string>> needs = new(StringComparer.Ordinal);

    /// <summary>The names, in the file's order.</summary>
    public List<string> Names { get; } = [];

    public static StageGraph Read(IReadOnlyList<(string Name, MapReader Reader)> stages, List<Problem> problems)
    {
        var graph = new StageGraph();
        graph.Names.AddRange(stages.Select(stage => stage.Name));
        foreach (var (name, reader) in stages)
            graph.needs[name] = Known(reader.Texts("needs") ?? [], graph.Names, problems);
        graph.RefuseCircles(stages, problems);
        return graph;
    }

    public IReadOnlyList<string> Needs(string stage) => needs[stage];

    /// <summary>All that the stage needs, directly or through others; without itself.</summary>
    public IReadOnlyCollection<string> Upstream(string stage)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(needs[stage]);
        while (open.TryPop(out var next))
            if (found.Add(next))
                foreach (var further in needs[next])
                    open.Push(further);
        found.Remove(stage);
        return found;
    }

    private static List<string> Known(
        IReadOnlyList<DocumentNode.Scalar> written,
        IReadOnlyList<string> names,
        List<Problem> problems
    )
    {
        foreach (var name in written.Where(name => !names.Contains(name.Text)))
            problems.Add(name.Source.Problem(UnknownStage(name.Text, names)));
        return [.. written.Select(name => name.Text).Where(names.Contains).Distinct()];
    }

    public static string UnknownStage(string name, IReadOnlyList<string> names) =>
        Suggestion.For(name, names) is { } near
            ? $"'{name}' is no stage. Did you mean '{near}'?"
            : $"'{name}' is no stage. The stages are {string.Join(", ", names)}.";

    private void RefuseCircles(IReadOnlyList<(string Name, MapReader Reader)> stages, List<Problem> problems)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, reader) in stages)
            if (Circle(name, [], done) is { } circle)
                problems.Add(
                    (stages.First(stage => stage.Name == circle[0]).Reader.Map["needs"] ?? reader.Map).Source.Problem(
                        $"'{circle[0]}' needs itself: {string.Join(" → ", circle)}. Remove one of these needs."
                    )
                );
    }

    // The names on the way, when the way comes back to one of them.
    private List<string>? Circle(string name, List<string> way, HashSet<string> done)
    {
        if (way.IndexOf(name) is var at and >= 0)
            return [.. way[at..], name];
        if (done.Contains(name))
            return null;
        way.Add(name);
        var circle = needs[name].Select(next => Circle(next, way, done)).FirstOrDefault(found => found is not null);
        way.RemoveAt(way.Count - 1);
        done.Add(name);
        return circle;
    }
}
