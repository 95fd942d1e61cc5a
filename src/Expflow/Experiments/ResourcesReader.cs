using Expflow.Documents;
using Expflow.Problems;
using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>Reads <c>resources</c>.</summary>
internal static class ResourcesReader
{
    public static Resources Read(DocumentNode.Map map, List<Problem> problems)
    {
        var reader = new MapReader(map, ExperimentKeys.Resources, problems);
        reader.Truth("pinned");
        return new()
        {
            Cpus = (int?)reader.Whole("cpus", ExperimentKeys.Resources),
            Nodes = (int?)reader.Whole("nodes", ExperimentKeys.Resources),
            Memory = Memory(reader, "memory"),
            GpuMemory = Memory(reader, "gpu_memory"),
            Walltime = Time(reader),
            Gpus = Gpus(reader),
            Account = Word(reader, "account"),
            Partition = Word(reader, "partition"),
            Qos = Word(reader, "qos"),
            Constraint = reader.Text("constraint"),
        };
    }

    private static MemorySize? Memory(MapReader reader, string key)
    {
        if (reader[key] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && MemorySize.TryParse(scalar.Text, out var size))
            return size;
        reader.Wrong(node, $"'{key}' takes an amount such as 96G, 98304M or 1.5T; this is {MapReader.Shown(node)}.");
        return null;
    }

    private static Walltime? Time(MapReader reader)
    {
        if (reader["walltime"] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && Walltime.TryParse(scalar.Text, out var time))
            return time;
        reader.Wrong(
            node,
            $"'walltime' takes a time such as 8h, 90m, 08:00:00 or 2-00:00:00; this is {MapReader.Shown(node)}."
        );
        return null;
    }

    private static GpuRequest? Gpus(MapReader reader)
    {
        if (reader["gpus"] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && GpuRequest.TryParse(scalar.Text, out var gpus))
            return gpus;
        reader.Wrong(
            node,
            $"'gpus' takes a count such as 2, rtx8000:2 or gpu:rtx8000:2; this is {MapReader.Shown(node)}."
        );
        return null;
    }

    // These become options of sbatch: one word, no spaces.
    private static string? Word(MapReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
            return null;
        if (!text.Any(char.IsWhiteSpace) && !text.StartsWith('-'))
            return text;
        reader.Wrong(reader[key]!, $"'{key}' takes one word; this is '{text}'.");
        return null;
    }
}
