using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>A cluster's configuration, in words.</summary>
internal static class ClusterText
{
    /// <summary>What it takes at once, how it ends jobs, and what it does about memory.</summary>
    public static IEnumerable<(string Name, string Text)> Of(SlurmConfiguration cluster)
    {
        yield return ("limits", string.Join(", ", Limits(cluster)));
        yield return ("", string.Join(", ", Times(cluster)));
        yield return ("memory", $"{Held(cluster)}; {Measured(cluster)}");
        if (cluster.PrivateData is { } hidden)
            yield return ("hidden", $"users don't see each other's {hidden} (PrivateData)");
        yield return ("database", Database(cluster));
    }

    private static IEnumerable<string> Limits(SlurmConfiguration cluster)
    {
        yield return cluster.MaxArraySize is { } size
            ? $"arrays of at most {Figures.Count(size - 1)} tasks (MaxArraySize {size})"
            : "MaxArraySize unknown";
        yield return cluster.MaxJobCount is { } jobs
            ? $"{Figures.Count(jobs)} jobs at once of all users"
            : "MaxJobCount unknown";
    }

    private static IEnumerable<string> Times(SlurmConfiguration cluster)
    {
        yield return cluster.MinJobAge is { } age
            ? $"ended jobs are remembered for {Durations.Words(age)}"
            : "MinJobAge unknown";
        yield return cluster.KillWait is { } wait
            ? $"{Durations.Words(wait)} from SIGTERM to SIGKILL"
            : "KillWait unknown";
    }

    private static string Held(SlurmConfiguration cluster) =>
        cluster.KernelHoldsMemory switch
        {
            true => "a job above its memory is ended by the kernel (OUT_OF_MEMORY)",
            _ when cluster.PollsMemory => "a job above its memory is ended by slurmd (FAILED, signal 9)",
            false => "jobs are not held to their memory",
            null => "whether jobs are held to their memory is unknown",
        };

    private static string Measured(SlurmConfiguration cluster) =>
        cluster.JobMeasuring is { } by ? $"peaks are measured ({by})" : "peaks are not measured by Slurm";

    private static string Database(SlurmConfiguration cluster) =>
        !cluster.HasAccounting ? "none: there is no sacct, and no account"
        : cluster.EnforcesLimits ? "there is one, and limits of accounts and QOSes hold"
        : cluster.EnforcesAssociations ? "there is one; accounts must exist, and their limits don't hold"
        : "there is one; neither accounts nor limits are enforced";
}
