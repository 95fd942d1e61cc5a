using Expflow.Documents;
using Expflow.Metrics;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Reads <c>metrics</c> and <c>checks</c>.</summary>
internal static class MetricsReader
{
    public static (IReadOnlyList<DeclaredMetrics> Sources, IReadOnlyList<string> Required) Read(
        DocumentNode node,
        List<Problem> problems
    )
    {
        var sources = new List<DeclaredMetrics>();
        var required = new List<string>();
        foreach (var item in node is DocumentNode.Sequence list ? list.Items : [node])
        {
            if (item is not DocumentNode.Map map)
            {
                problems.Add(item.Source.Problem($"'metrics' takes a map or a list of maps; this is {item.Kind}."));
                continue;
            }
            var reader = new MapReader(map, ExperimentKeys.Metrics, problems);
            required.AddRange((reader.Texts("required") ?? []).Select(name => name.Text));
            if (Source(reader) is { } source)
                sources.Add(source);
        }
        return (sources, [.. required.Distinct(StringComparer.Ordinal)]);
    }

    public static IReadOnlyList<MetricCheck> ReadChecks(DocumentNode.Map map, List<Problem> problems)
    {
        var checks = new List<MetricCheck>();
        foreach (var (metric, source, node) in map.Entries)
            if (node is DocumentNode.Map rules)
                checks.Add(Check(metric, source, new MapReader(rules, ExperimentKeys.Check, problems)));
            else
                problems.Add(
                    node.Source.Problem(
                        $"'{metric}' takes a map such as {{max: 10, finite: true}}; this is {node.Kind}."
                    )
                );
        return checks;
    }

    private static DeclaredMetrics? Source(MapReader reader)
    {
        var from = reader.Word("from", "stdout", "csv", "json", "jsonl");
        if (from is null)
        {
            if (
                reader.Map["from"] is null
                && reader.Map.Entries.Any(entry => entry.Key is "pattern" or "file" or "step")
            )
                reader.Wrong(reader.Map, "'metrics' has no 'from'. Say from: stdout, csv, json or jsonl.");
            return null;
        }
        Unfit(reader, from, "pattern", from == "stdout");
        Unfit(reader, from, "file", from != "stdout");
        Unfit(reader, from, "step", from == "csv");
        return from == "stdout" ? Output(reader) : FromFile(reader, from);
    }

    private static void Unfit(MapReader reader, string from, string key, bool fits)
    {
        if (!fits && reader[key] is { } node)
            reader.Wrong(node, $"'{key}' means nothing with 'from: {from}'. Remove it.");
    }

    private static DeclaredMetrics? Output(MapReader reader)
    {
        if (reader.Text("pattern") is not { } text)
        {
            if (reader["pattern"] is null)
                reader.Wrong(reader.Map, "'from: stdout' needs a 'pattern', such as 'loss (?<loss>\\S+)'.");
            return null;
        }
        var source = reader["pattern"]!.Source;
        var parsed = MetricPattern.Parse(text);
        if (parsed.TryGet(out var pattern))
            return new(null, new MetricFormat.Output(pattern));
        reader.Problems.AddRange(parsed.Problems.Select(problem => source.Problem(problem.Text)));
        return null;
    }

    private static DeclaredMetrics? FromFile(MapReader reader, string from)
    {
        if (reader.Text("file") is not { } file)
        {
            if (reader["file"] is null)
                reader.Wrong(reader.Map, $"'from: {from}' needs a 'file', relative to the run's folder.");
            return null;
        }
        if (RelativePath.WhyNot(file) is { } why)
        {
            reader.Wrong(reader["file"]!, $"'{file}' {why}");
            return null;
        }
        MetricFormat format = from switch
        {
            "csv" => new MetricFormat.Csv(reader.Text("step") ?? "step"),
            "json" => new MetricFormat.Json(),
            _ => new MetricFormat.JsonLines(),
        };
        return new(file, format);
    }

    private static MetricCheck Check(string metric, ValueSource source, MapReader reader)
    {
        var check = new MetricCheck(metric)
        {
            Min = reader.Number("min"),
            Max = reader.Number("max"),
            Finite = reader.Truth("finite") ?? false,
            Varies = reader.Truth("varies") ?? false,
            Below = reader.Number("below"),
            Above = reader.Number("above"),
            By = reader.Whole("by", ExperimentKeys.Check),
            OnFail = reader.Word("on_fail", "flag", "end") == "end" ? FailedCheck.End : FailedCheck.Flag,
        };
        if (check.Min > check.Max)
            reader.Wrong(
                reader["min"]!,
                $"'min' {check.Min:R} is above 'max' {check.Max:R}. No value can hold both; exchange them."
            );
        if (reader["by"] is { } by && reader["below"] is null && reader["above"] is null)
            reader.Wrong(by, "'by' goes with 'below' or 'above'. Add one, or remove it.");
        if (!reader.Map.Entries.Any(entry => entry.Key != "on_fail"))
            reader.Problems.Add(
                source.Problem($"'{metric}' has nothing to hold. Add min, max, finite, varies, below or above.")
            );
        return check;
    }
}

/// <summary>A path inside a run's folder.</summary>
internal static class RelativePath
{
    /// <summary>Why a path does not stay inside the folder; null when it does.</summary>
    public static string? WhyNot(string path)
    {
        if (path.StartsWith('/'))
            return "is absolute. Name it relative to the run's folder.";
        var depth = 0;
        foreach (var part in path.Split('/'))
        {
            depth += part switch
            {
                ".." => -1,
                "" or "." => 0,
                _ => 1,
            };
            if (depth < 0)
                return "leaves the run's folder. Name a path inside it.";
        }
        return depth == 0 ? "is the run's folder itself. Name a file in it." : null;
    }
}
