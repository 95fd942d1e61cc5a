namespace Expflow.Slurm;

public sealed partial class SlurmClient
{
    /// <summary>The cluster's configuration.</summary>
    public async Task<SlurmAnswer<SlurmConfiguration>> ConfigurationAsync(CancellationToken cancel = default) =>
        (await Ask(new("scontrol", ["show", "config"]), cancel).ConfigureAwait(false)).Map(
            print => new SlurmConfiguration(SlurmRecord.ReadLines(print.Output))
        );

    /// <summary>The partitions that this user sees, hidden ones too.</summary>
    public async Task<SlurmAnswer<IReadOnlyList<Partition>>> PartitionsAsync(CancellationToken cancel = default) =>
        await Records(["-a", "-o", "show", "partition"], "PartitionName", record => new Partition(record), cancel)
            .ConfigureAwait(false);

    /// <summary>All nodes, with what of their devices is in use.</summary>
    public async Task<SlurmAnswer<IReadOnlyList<SlurmNode>>> NodesAsync(CancellationToken cancel = default) =>
        await Records(["-a", "-d", "-o", "show", "node"], "NodeName", record => new SlurmNode(record), cancel)
            .ConfigureAwait(false);

    /// <summary>What Slurm knows of a job: one record; of an array one for its waiting tasks and one for each other.</summary>
    public async Task<SlurmAnswer<IReadOnlyList<SlurmRecord>>> ShowJobAsync(
        SlurmJobId job,
        CancellationToken cancel = default
    ) => await Records(["-o", "show", "job", $"{job}"], "JobId", record => record, cancel).ConfigureAwait(false);

    /// <summary>A user's associations: the accounts and limits of theirs. A cluster without accounting refuses.</summary>
    /// <exception cref="ArgumentException">No name, which to Slurm would mean everybody.</exception>
    public async Task<SlurmAnswer<IReadOnlyList<Association>>> AssociationsAsync(
        string user,
        CancellationToken cancel = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        string[] arguments = ["-n", "-p", "show", "assoc", $"user={user}", $"format={Association.Format}"];
        return (await Ask(new("sacctmgr", arguments), cancel).ConfigureAwait(false)).Map(print =>
            Association.Read(print.Output)
        );
    }

    /// <summary>All qualities of service and their limits.</summary>
    public async Task<SlurmAnswer<IReadOnlyList<Qos>>> QosAsync(CancellationToken cancel = default)
    {
        string[] arguments = ["-n", "-p", "show", "qos", $"format={Qos.Format}"];
        return (await Ask(new("sacctmgr", arguments), cancel).ConfigureAwait(false)).Map(print =>
            Qos.Read(print.Output)
        );
    }

    /// <summary>How busy the controller is: requests by kind since it started or its counters were reset.</summary>
    public async Task<SlurmAnswer<Diagnostics>> DiagnosticsAsync(CancellationToken cancel = default) =>
        (await Ask(new("sdiag", []), cancel).ConfigureAwait(false)).Map(print => Diagnostics.Read(print.Output));

    private async Task<SlurmAnswer<IReadOnlyList<T>>> Records<T>(
        string[] arguments,
        string key,
        Func<SlurmRecord, T> read,
        CancellationToken cancel
    ) =>
        (await Ask(new("scontrol", arguments), cancel).ConfigureAwait(false)).Map(print =>
            (IReadOnlyList<T>)
                [.. SlurmRecord.ReadAll(print.Output).Where(record => record[key] is not null).Select(read)]
        );
}
