using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Sweeps;

namespace Expflow.Experiments;

/// <summary>Reads <c>sweep</c>.</summary>
internal sealed class SweepReader(ParameterSet fixedParameters, List<Problem> problems)
{
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);

    /// <summary>Where each swept parameter stands.</summary>
    public Dictionary<string, ValueSource> Sources { get; } = new(StringComparer.Ordinal);

    public Sweep Read(DocumentNode.Map map)
    {
        var reader = new MapReader(map, ExperimentKeys.Sweep, problems);
        var sweep = new Sweep
        {
            Place = map.Source is ValueSource.File file ? file.Place : default,
            Grid = Axes(reader, "grid"),
            Zip = Zip(reader),
            List = List(reader),
            Random = Random(reader),
            Include = Points(reader, "include", owned: false),
            Exclude = Points(reader, "exclude", owned: null),
            First = Points(reader, "first", owned: null),
        };
        CheckIncluded(sweep, reader);
        foreach (var kind in (ReadOnlySpan<string>)["exclude", "first"])
            CheckKnown(sweep, reader, kind);
        return sweep;
    }

    private List<Axis> Axes(MapReader reader, string kind)
    {
        var axes = new List<Axis>();
        foreach (var (name, source, node) in reader.MapOf(kind)?.Entries ?? [])
            if (Own(name, source, kind) && ParametersReader.Values(name, node, problems) is { Count: > 0 } values)
                axes.Add(new(name, values, source is ValueSource.File file ? file.Place : default));
        return axes;
    }

    // A parameter that two parts of the sweep set would have no single value.
    private bool Own(string name, ValueSource source, string kind)
    {
        if (!ParametersReader.NameHolds(name, source, problems))
            return false;
        Sources.TryAdd(name, source);
        if (owners.TryAdd(name, kind))
            return true;
        problems.Add(source.Problem($"'{name}' is swept by '{owners[name]}' already. Remove it from one of the two."));
        return false;
    }

    private List<Axis> Zip(MapReader reader)
    {
        var zip = Axes(reader, "zip");
        if (zip.Select(axis => axis.Values.Count).Distinct().Count() > 1)
            reader.Wrong(
                reader["zip"]!,
                $"'zip' takes lists of one length: {string.Join(", ", zip.Select(axis => $"'{axis.Name}' has {axis.Values.Count}"))}. Make them equal, or move one to 'grid'."
            );
        return zip;
    }

    private List<ParameterSet> List(MapReader reader)
    {
        var points = Points(reader, "list", owned: true);
        if (points is not [var first, ..])
            return points;
        var items = ((DocumentNode.Sequence)reader["list"]!).Items;
        for (var i = 1; i < points.Count && items.Count == points.Count; i++)
            if (!points[i].Names.ToHashSet(StringComparer.Ordinal).SetEquals(first.Names))
                reader.Wrong(
                    items[i],
                    $"'list' takes points of the same parameters: this one has {Words(points[i])}, the first {Words(first)}. Complete it."
                );
        return points;
    }

    private static string Words(ParameterSet point) => point.Count == 0 ? "none" : string.Join(", ", point.Names);

    private List<ParameterSet> Points(MapReader reader, string kind, bool? owned)
    {
        if (reader[kind] is not { } node)
            return [];
        if (node is not DocumentNode.Sequence list)
        {
            reader.Wrong(node, $"'{kind}' takes a list of points such as [{{lr: 0.1, seed: 3}}]; this is {node.Kind}.");
            return [];
        }
        var points = new List<ParameterSet>();
        var first = true;
        foreach (var item in list.Items)
        {
            if (reader.AsMap(item, kind) is not { } map)
                continue;
            points.Add(Point(map, kind, owned, first));
            first = false;
        }
        return points;
    }

    private ParameterSet Point(DocumentNode.Map map, string kind, bool? owned, bool first)
    {
        var pairs = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var (name, source, node) in map.Entries)
        {
            var good =
                owned == true && first ? Own(name, source, kind) : ParametersReader.NameHolds(name, source, problems);
            if (owned is not null)
                Sources.TryAdd(name, source);
            if (good && ParametersReader.Value(name, node, problems) is { } value)
                pairs.Add(new(name, value));
        }
        if (map.Entries.Count == 0)
            problems.Add(map.Source.Problem($"'{kind}' has a point without parameters. Name at least one."));
        return ParameterSet.Of(pairs);
    }

    private RandomSweep? Random(MapReader sweep)
    {
        if (sweep.MapOf("random") is not { } map)
            return null;
        var reader = new MapReader(map, ExperimentKeys.Random, problems);
        var drawn = new List<DrawnParameter>();
        foreach (var (name, source, node) in reader.MapOf("parameters")?.Entries ?? [])
            if (Own(name, source, "random") && DistributionReader.Read(name, node, problems) is { } distribution)
                drawn.Add(new(name, distribution, source is ValueSource.File file ? file.Place : default));
        if (reader["parameters"] is null)
            reader.Wrong(
                map,
                "'random' has no 'parameters'. Say what is drawn: parameters: {lr: {log_uniform: [1e-4, 1e-1]}}."
            );
        if (reader["count"] is null)
            reader.Wrong(map, "'random' has no 'count'. Say how many points are drawn.");
        return reader.Whole("count", ExperimentKeys.Random) is { } count
            ? new(count, reader.Whole("seed", ExperimentKeys.Random) ?? 0, drawn)
            : null;
    }

    private void CheckIncluded(Sweep sweep, MapReader reader)
    {
        var needed = sweep.Names.Where(name => !fixedParameters.TryGet(name, out _)).ToList();
        var items = reader["include"] is DocumentNode.Sequence list ? list.Items : [];
        for (var i = 0; i < sweep.Include.Count && items.Count == sweep.Include.Count; i++)
            if (needed.Except(sweep.Include[i].Names).ToList() is [var lacking, ..])
                reader.Wrong(
                    items[i],
                    $"'include' leaves '{lacking}' without a value. Add it here, or a default to 'parameters'."
                );
        // A name that only 'include' brings must have a value for all other points.
        if (sweep is { Grid: [], Zip: [], List: [], Random: null })
            return;
        foreach (
            var name in needed.Where(name =>
                sweep.Include.Any(point => point.Names.Contains(name)) && !owners.ContainsKey(name)
            )
        )
            problems.Add(
                Sources[name]
                    .Problem(
                        $"'{name}' has no value for the points that 'include' doesn't name. Add a default to 'parameters'."
                    )
            );
    }

    private void CheckKnown(Sweep sweep, MapReader reader, string kind)
    {
        var known = sweep.Names.Concat(fixedParameters.Names).ToList();
        foreach (var map in (reader[kind] as DocumentNode.Sequence)?.Items.OfType<DocumentNode.Map>() ?? [])
        foreach (var entry in map.Entries.Where(entry => Names.IsParameter(entry.Key) && !known.Contains(entry.Key)))
            problems.Add(entry.KeySource.Problem(Overrides.UnknownParameter(entry.Key, known)));
    }
}
