using System.Threading.Channels;
using Expflow.ClusterTests;
using Xunit;

[assembly: AssemblyFixture(typeof(Clusters))]

namespace Expflow.ClusterTests;

/// <summary>The clusters that <c>EXPFLOW_CLUSTER</c> names (folders, with colons between), lent to one test at a time.</summary>
public sealed class Clusters
{
    private readonly Channel<Cluster> free = Channel.CreateUnbounded<Cluster>();
    private readonly HashSet<string> known = [];

    public Clusters()
    {
        foreach (var state in Named)
            free.Writer.TryWrite(new(state));
    }

    private static string[] Named =>
        (Environment.GetEnvironmentVariable("EXPFLOW_CLUSTER") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Waits for a cluster. Without any, the test is skipped for the reason that <c>EXPFLOW_CLUSTER_SKIP</c> gives.</summary>
    public async Task<Cluster> Borrow()
    {
        if (Named.Length == 0)
            Assert.Skip(
                Environment.GetEnvironmentVariable("EXPFLOW_CLUSTER_SKIP")
                    ?? "no cluster is up: tests/cluster/README.md tells how to start one"
            );
        var cluster = await free.Reader.ReadAsync();
        bool first;
        lock (known)
            first = known.Add(cluster.State);
        if (first)
            await cluster.Reset();
        return cluster;
    }

    /// <summary>Puts a cluster back as it was, and lends it on.</summary>
    public async Task Return(Cluster cluster)
    {
        try
        {
            await cluster.Reset();
        }
        finally
        {
            free.Writer.TryWrite(cluster);
        }
    }
}
