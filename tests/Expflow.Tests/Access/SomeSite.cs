using Expflow.Access;
using Expflow.Slurm;

namespace Expflow.Tests.Access;

/// <summary>Clusters made of lines as Slurm writes them.</summary>
internal static class SomeSite
{
    /// <summary>A cluster of version 22.05 that enforces associations.</summary>
    internal static AccessSite Of(string[] partitions, string[] nodes, params Association[] associations) =>
        new()
        {
            Cluster = "testbed",
            Configuration = new(
                SlurmRecord.ReadLines("SLURM_VERSION = 22.05.8\nAccountingStorageEnforce = associations,limits,qos")
            ),
            Partitions = [.. partitions.Select(line => new Partition(SlurmRecord.ReadLine($"PartitionName={line}")))],
            Nodes = [.. nodes.Select(line => new SlurmNode(SlurmRecord.ReadLine($"NodeName={line}")))],
            Accounts =
                associations.Length == 0
                    ? null
                    : new(associations, associations.FirstOrDefault(one => one.IsDefault is true)?.Account, null),
        };

    internal static Association Account(
        string name,
        string? partition = null,
        string qos = "",
        string? defaultQos = null
    ) =>
        new()
        {
            Cluster = "testbed",
            Account = name,
            User = "me",
            Partition = partition,
            Qos = qos.Split(',', StringSplitOptions.RemoveEmptyEntries),
            DefaultQos = defaultQos,
            IsDefault = name == "mine",
        };
}
