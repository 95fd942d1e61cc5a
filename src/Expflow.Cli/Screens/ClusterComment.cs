using System.Globalization;
using Expflow.Detection;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>What a new project file notes of the cluster: what is the same for all of its users, and no path and no account of one of them.</summary>
internal static class ClusterComment
{
    /// <summary>The lines, without the sign of a comment.</summary>
    public static IReadOnlyList<string> Of(ClusterSight cluster, DateTimeOffset now)
    {
        var day = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var version = cluster.Configuration.Version is { } known ? $", Slurm {known}" : "";
        List<string> lines =
        [
            $"Partitions of cluster '{cluster.Configuration.ClusterName}'{version}, as of {day}. How it is now: 'expflow env', 'expflow partitions'.",
        ];
        lines.AddRange(Table(cluster.Partitions));
        if (cluster.Partitions.Count > 0 && !cluster.Partitions.Any(one => one.Partition.IsDefault))
            lines.Add("None of them is the default one: give 'resources: {partition: NAME}'.");
        return lines;
    }

    private static string[] Table(IReadOnlyList<PartitionSummary> partitions)
    {
        if (partitions.Count == 0)
            return ["  (Slurm didn't say.)"];
        using var text = new StringWriter();
        var table = new TextTable()
            .Column("  partition")
            .Column("at most")
            .Column("nodes", right: true)
            .Column("CPUs a node", right: true)
            .Column("memory a node", right: true)
            .Column("GPUs a node")
            .Column("");
        foreach (var one in partitions)
            table.Row(
                $"  {one.Partition.Name}",
                one.Partition.MaxTime is { } most ? $"{Walltime.From(most)}" : "no limit",
                one.Nodes.Count > 0 ? $"{one.Nodes.Count}" : Figures.Nothing,
                one.MostCpus is { } cpus ? $"{cpus}" : Figures.Nothing,
                one.MostMemory is { } memory ? Figures.Bytes(memory.Bytes) : Figures.Nothing,
                one.MostGpus is { Count: > 0 } gpus ? string.Join(" or ", gpus.Select(GpusOf)) : Figures.Nothing,
                one.Partition.IsDefault ? "default" : ""
            );
        table.Print(text);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // As 'resources: {gpus: …}' takes them.
    private static string GpusOf(Gres gpus) => gpus.Type is null ? $"{gpus.Count}" : $"{gpus.Type}:{gpus.Count}";
}
