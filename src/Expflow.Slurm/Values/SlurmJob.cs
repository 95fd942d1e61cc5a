using System.Diagnostics.CodeAnalysis;

namespace Expflow.Slurm;

/// <summary>A job as <c>sbatch --parsable</c> names it: its id and, with several clusters, the cluster that took it.</summary>
/// <param name="Id">The job's number on that cluster.</param>
/// <param name="Cluster">The cluster, where <c>sbatch</c> was told of one; otherwise null.</param>
public readonly record struct SlurmJob(SlurmJobId Id, string? Cluster = null)
{
    /// <summary>Reads <c>123</c> and <c>123;pitzer</c>; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SlurmJob? job)
    {
        job = null;
        var (number, cluster) = JobReference.SplitCluster(text?.Trim() ?? "");
        if (!SlurmJobId.TryParse(number, out var id) || cluster is "")
            return false;
        job = new(id.Value, cluster);
        return true;
    }

    /// <summary>What <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Cluster is null ? Id.ToString() : $"{Id};{Cluster}";
}
