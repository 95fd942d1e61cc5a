using Expflow.Documents;
using Expflow.Problems;
using Expflow.Sweeps;

namespace Expflow.Experiments;

/// <summary>Applies <c>--set</c>: one value fixes a parameter, swept or not; a list or a range replaces the values of a swept one.</summary>
internal sealed class ParameterOverride(List<Problem> problems)
{
    public DocumentNode.Map Apply(DocumentNode.Map tree, string name, DocumentNode value)
    {
        var parameters = tree["parameters"] as DocumentNode.Map;
        var sweep = tree["sweep"] as DocumentNode.Map;
        var swept = Swept(sweep).ToList();
        var known = swept.Concat(parameters?.Entries.Select(entry => entry.Key) ?? []).Distinct().ToList();
        if (!known.Contains(name))
        {
            problems.Add(value.Source.Problem(Overrides.UnknownParameter(name, known)));
            return tree;
        }
        var range = value is DocumentNode.Scalar { Quoted: false } scalar && RangeText.IsRange(scalar.Text);
        var values = range || (value is DocumentNode.Sequence && swept.Contains(name));
        if (values && (sweep?["zip"] as DocumentNode.Map)?[name] is not null)
            return tree.With("sweep", Within(sweep!, "zip", name, value));
        if (values)
            return tree.With("sweep", WithAxis(Without(sweep, name, keepGrid: true), name, value));
        if (sweep is not null)
            tree = tree.With("sweep", Without(sweep, name, keepGrid: false));
        return tree.With(
            "parameters",
            (parameters ?? new DocumentNode.Map([], value.Source)).With(name, value, value.Source)
        );
    }

    private static IEnumerable<string> Swept(DocumentNode.Map? sweep)
    {
        if (sweep is null)
            return [];
        var drawn = (sweep["random"] as DocumentNode.Map)?["parameters"];
        return (
            (IEnumerable<DocumentNode?>)
                [sweep["grid"], sweep["zip"], drawn, .. Items(sweep, "list"), .. Items(sweep, "include")]
        )
            .OfType<DocumentNode.Map>()
            .SelectMany(map => map.Entries)
            .Select(entry => entry.Key)
            .Distinct();
    }

    private static IReadOnlyList<DocumentNode> Items(DocumentNode.Map sweep, string key) =>
        (sweep[key] as DocumentNode.Sequence)?.Items ?? [];

    private static DocumentNode.Map WithAxis(DocumentNode.Map sweep, string name, DocumentNode value) =>
        sweep["grid"] is DocumentNode.Map grid
            ? sweep.With("grid", grid.With(name, value))
            : sweep.With("grid", new DocumentNode.Map([new(name, value.Source, value)], value.Source));

    private static DocumentNode.Map Within(DocumentNode.Map map, string key, string name, DocumentNode? value) =>
        map[key] is not DocumentNode.Map inner ? map
        : inner.With(name, value) is { Entries.Count: > 0 } changed ? map.With(key, changed)
        : map.With(key, null);

    // Takes the parameter out of all that sweeps it; parts that are left with nothing go with it.
    private static DocumentNode.Map Without(DocumentNode.Map? sweep, string name, bool keepGrid)
    {
        if (sweep is null)
            return new DocumentNode.Map([], new ValueSource.Option("--set"));
        if (!keepGrid)
            sweep = Within(sweep, "grid", name, null);
        sweep = Within(sweep, "zip", name, null);
        if (sweep["random"] is DocumentNode.Map random && (random["parameters"] as DocumentNode.Map)?[name] is not null)
            sweep =
                Within(random, "parameters", name, null) is var left && left["parameters"] is null
                    ? sweep.With("random", null)
                    : sweep.With("random", left);
        foreach (var key in (ReadOnlySpan<string>)["list", "include"])
            sweep = WithoutInPoints(sweep, key, name);
        return sweep;
    }

    private static DocumentNode.Map WithoutInPoints(DocumentNode.Map sweep, string key, string name)
    {
        if (sweep[key] is not DocumentNode.Sequence list)
            return sweep;
        var points = list
            .Items.Select(item => item is DocumentNode.Map map ? map.With(name, null) : item)
            .Where(item => item is not DocumentNode.Map { Entries.Count: 0 })
            .ToList();
        return sweep.With(key, points.Count > 0 ? new DocumentNode.Sequence(points, list.Source) : null);
    }
}
