using Expflow.Slurm;

namespace Expflow.Detection;

/// <summary>What is here: the user, the machine, the cluster and what is installed.</summary>
public sealed record SiteReport
{
    /// <summary>The user's name, by the user's number.</summary>
    public required string User { get; init; }

    /// <summary>The user's number.</summary>
    public required uint UserId { get; init; }

    /// <summary>The home folder.</summary>
    public required Finding<Place> Home { get; init; }

    /// <summary>Scratch folders.</summary>
    public required Finding<ScratchSight> Scratch { get; init; }

    /// <summary>This machine.</summary>
    public required Finding<MachineSight> Machine { get; init; }

    /// <summary>The cluster's configuration; absent where there is no Slurm.</summary>
    public required Finding<SlurmConfiguration> Cluster { get; init; }

    /// <summary>The cluster's partitions.</summary>
    public required Finding<IReadOnlyList<Partition>> Partitions { get; init; }

    /// <summary>The cluster's nodes.</summary>
    public required Finding<IReadOnlyList<SlurmNode>> Nodes { get; init; }

    /// <summary>The user's accounts.</summary>
    public required Finding<UserAccounts> Accounts { get; init; }

    /// <summary>The cluster's qualities of service.</summary>
    public required Finding<IReadOnlyList<Qos>> Qos { get; init; }

    /// <summary>Whether <c>sacct</c> answers: what it was asked has no rows.</summary>
    public required Finding<bool> Accounting { get; init; }

    /// <summary>Lmod or Environment Modules.</summary>
    public required Finding<Software> Modules { get; init; }

    /// <summary>Apptainer or Singularity.</summary>
    public required Finding<Software> Containers { get; init; }

    /// <summary>Conda or mamba.</summary>
    public required Finding<Software> Conda { get; init; }

    /// <summary>What could not be learnt, each with its reason.</summary>
    public IReadOnlyList<(string What, string Why)> Unlearned
    {
        get
        {
            (string What, string? Why)[] all =
            [
                ("home", Home.Trouble),
                ("scratch", Scratch.Trouble),
                ("machine", Machine.Trouble),
                ("cluster", Cluster.Trouble),
                ("partitions", Partitions.Trouble),
                ("nodes", Nodes.Trouble),
                ("accounts", Accounts.Trouble ?? Accounts.OrNull?.Shortfall),
                ("qos", Qos.Trouble),
                ("accounting", Accounting.Trouble),
                ("modules", Modules.Trouble),
                ("containers", Containers.Trouble),
                ("conda", Conda.Trouble),
            ];
            return [.. all.Where(one => one.Why is not null).Select(one => (one.What, one.Why!))];
        }
    }
}
