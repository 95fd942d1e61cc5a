using Expflow.Documents;
using Expflow.Problems;
using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>Reads <c>pool</c>, from a file or from what the command line says of each key.</summary>
internal static class PoolReader
{
    public static PoolSettings Read(DocumentNode.Map map, List<Problem> problems)
    {
        var reader = new MapReader(map, ExperimentKeys.Pool, problems);
        var (gpus, gres) = Gres(reader);
        var asked = Asked(map, problems);
        var pool = new PoolSettings
        {
            Name = Name(reader),
            Allocations = (int?)reader.Whole("allocations", ExperimentKeys.Pool),
            Gpus = gpus,
            Gres = gres,
            WorkersPerGpu = (int?)reader.Whole("workers_per_gpu", ExperimentKeys.Pool),
            Workers = (int?)reader.Whole("workers", ExperimentKeys.Pool),
            Time = Hours(reader),
            Cpus = asked.Cpus,
            Memory = asked.Memory,
            Account = asked.Account,
            Partition = asked.Partition,
            Qos = asked.Qos,
            Constraint = asked.Constraint,
            Exclude = SlurmReader.Nodes(reader),
            Idle = Pause(reader, "idle"),
            Stagger = Pause(reader, "stagger"),
            Mps = reader.Truth("mps") == true,
            Throttle = (int?)reader.Whole("throttle", ExperimentKeys.Pool),
        };
        if (reader["workers_per_gpu"] is { } perGpu && pool.Workers is not null)
            reader.Wrong(
                perGpu,
                "'workers' and 'workers_per_gpu' both say how many runs go on at once. Give one of them."
            );
        if (gpus is not { Count: > 0 } && problems.Count == 0)
            foreach (var key in (ReadOnlySpan<string>)["workers_per_gpu", "mps"])
                if (reader[key] is { } node && (key != "mps" || pool.Mps))
                    reader.Wrong(
                        node,
                        $"'{key}' shares GPUs, but 'gres' asks for none. Add 'gres: gpu:1', or remove it."
                    );
        return pool;
    }

    /// <summary>The map without what another key that is said over it takes the place of.</summary>
    public static DocumentNode.Map Without(DocumentNode.Map map, string said) =>
        said switch
        {
            "workers" => map.With("workers_per_gpu", null),
            "workers_per_gpu" => map.With("workers", null),
            _ => map,
        };

    // The keys that runs have, too, are read as theirs.
    private static Resources Asked(DocumentNode.Map map, List<Problem> problems)
    {
        ReadOnlySpan<string> same = ["cpus", "memory", "account", "partition", "qos", "constraint"];
        var some = new List<DocumentEntry>();
        foreach (var entry in map.Entries)
            if (same.Contains(entry.Key))
                some.Add(entry);
        return ResourcesReader.Read(new DocumentNode.Map([.. some], map.Source), problems);
    }

    private static string Name(MapReader reader)
    {
        if (reader.Text("name") is not { } name)
            return PoolSettings.DefaultName;
        if (Names.IsName(name))
            return name;
        reader.Wrong(reader["name"]!, Names.WhyNot("a pool", name));
        return PoolSettings.DefaultName;
    }

    private static (GpuRequest? Gpus, IReadOnlyList<string> Others) Gres(MapReader reader)
    {
        GpuRequest? gpus = null;
        var others = new List<string>();
        foreach (var node in reader.Texts("gres") ?? [])
        foreach (var item in node.Text.Split(',', StringSplitOptions.TrimEntries))
            if (item == "gpu" || item.StartsWith("gpu:", StringComparison.Ordinal))
            {
                if (gpus is not null)
                    reader.Wrong(
                        node,
                        $"'gres' asks for GPUs twice: '{node.Text}'. Runs of one pool share one kind of GPU; start another pool for the other."
                    );
                else if (!GpuRequest.TryParse(item, out gpus))
                    reader.Wrong(node, $"'gres' takes GPUs such as gpu:2 or gpu:rtx8000:8; this is '{item}'.");
            }
            else if (SlurmReader.IsWord(item))
                others.Add(item);
            else
                reader.Wrong(node, $"'gres' takes resources such as gpu:rtx8000:8 or lscratch:200; this is '{item}'.");
        return (gpus, others);
    }

    private static Walltime? Hours(MapReader reader)
    {
        if (reader.Number("max_hours") is not { } hours)
            return null;
        if (hours is > 0 and <= 24 * 365)
            return Walltime.From(TimeSpan.FromHours(hours));
        reader.Wrong(
            reader["max_hours"]!,
            $"'max_hours' takes hours above 0, up to a year; this is {MapReader.Shown(reader["max_hours"]!)}."
        );
        return null;
    }

    private static TimeSpan? Pause(MapReader reader, string key)
    {
        if (reader[key] is not { } node)
            return null;
        if (node is DocumentNode.Scalar { Text: "0" or "0s" or "0m" })
            return TimeSpan.Zero;
        if (node is DocumentNode.Scalar scalar && Walltime.TryParse(scalar.Text, out var time))
            return time.Value.Duration;
        reader.Wrong(node, $"'{key}' takes a time such as 5m, 30s or 0; this is {MapReader.Shown(node)}.");
        return null;
    }
}
