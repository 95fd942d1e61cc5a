using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>What is known of a cluster before anybody asks for access.</summary>
public sealed record AccessSite
{
    /// <summary>Its name; empty where Slurm doesn't say.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>Its configuration; null where Slurm doesn't say.</summary>
    public SlurmConfiguration? Configuration { get; init; }

    /// <summary>Its partitions.</summary>
    public required IReadOnlyList<Partition> Partitions { get; init; }

    /// <summary>Its nodes; none where Slurm doesn't say.</summary>
    public IReadOnlyList<SlurmNode> Nodes { get; init; } = [];

    /// <summary>The user's accounts; null where nobody says, and then jobs are asked about without naming one.</summary>
    public UserAccounts? Accounts { get; init; }

    /// <summary>What could not be learnt of the accounts, in words; null when all was.</summary>
    public string? Shortfall { get; init; }

    /// <summary>The nodes of a partition.</summary>
    public IReadOnlyList<SlurmNode> NodesOf(string partition) =>
        [.. Nodes.Where(node => node.Partitions.Contains(partition))];

    /// <summary>A partition's GPUs by type; null where nothing is known of its nodes.</summary>
    public IReadOnlyList<GpuStock>? GpusOf(string partition) =>
        NodesOf(partition) is { Count: > 0 } nodes ? GpuStock.Together(nodes.SelectMany(node => node.Gpus)) : null;

    /// <summary>Asks the cluster, all at once. Without its partitions there is nothing to go by, and the answer says why.</summary>
    /// <param name="slurm">The cluster.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task<SlurmAnswer<AccessSite>> ReadAsync(
        SlurmClient slurm,
        string user,
        CancellationToken cancel = default
    )
    {
        var configuration = slurm.ConfigurationAsync(cancel);
        var partitions = slurm.PartitionsAsync(cancel);
        var nodes = slurm.NodesAsync(cancel);
        var config = (await configuration.ConfigureAwait(false) as SlurmAnswer<SlurmConfiguration>.Answered)?.Value;
        var accounts = slurm.AccountsAsync(user, config?.ClusterName, cancel);
        var known = await partitions.ConfigureAwait(false);
        var its = await nodes.ConfigureAwait(false);
        var own = config is { HasAccounting: false } ? null : await accounts.ConfigureAwait(false);
        return known.Map(found => new AccessSite
        {
            Cluster = config?.ClusterName ?? "",
            Configuration = config,
            Partitions = found,
            Nodes = (its as SlurmAnswer<IReadOnlyList<SlurmNode>>.Answered)?.Value ?? [],
            Accounts = (own as SlurmAnswer<UserAccounts>.Answered)?.Value,
            Shortfall = own switch
            {
                null or SlurmAnswer<UserAccounts>.Answered { Value.Shortfall: null } => null,
                SlurmAnswer<UserAccounts>.Answered { Value.Shortfall: { } shortfall } =>
                    $"{shortfall}; the accounts are those that the controller knows",
                SlurmAnswer<UserAccounts>.Missing missing =>
                    $"'{missing.Program}' was not found: your accounts are unknown",
                SlurmAnswer<UserAccounts>.Refused refused => $"your accounts are unknown: {refused.Words}",
                _ => "your accounts are unknown: sacctmgr gave no answer",
            },
        });
    }
}
